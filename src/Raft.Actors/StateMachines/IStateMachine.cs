using System.Buffers;
using Raft.Actors.Protocol;

namespace Raft.Actors.StateMachines;

/// <summary>
/// What a group replicates: a deterministic machine that turns commands into results (Raft §2). Every node applies the
/// same commands in the same order; so results may depend on nothing but state and command – no clock, no randomness, no
/// I/O. One actor calls it, one call at a time.
/// </summary>
/// <example>
/// A counter:
/// <code>
/// sealed class Counter : IStateMachine
/// {
///     private long _value;
///
///     public ReadOnlyMemory&lt;byte&gt; Apply(LogIndex index, ReadOnlyMemory&lt;byte&gt; command)
///     {
///         _value += BinaryPrimitives.ReadInt64LittleEndian(command.Span);
///         return Query(default);
///     }
///
///     public ReadOnlyMemory&lt;byte&gt; Query(ReadOnlyMemory&lt;byte&gt; query) =&gt; BitConverter.GetBytes(_value);
///
///     public void TakeSnapshot(IBufferWriter&lt;byte&gt; snapshot) =&gt; snapshot.Write(BitConverter.GetBytes(_value));
///
///     public void Restore(ReadOnlySequence&lt;byte&gt; snapshot) =&gt; _value = BitConverter.ToInt64(snapshot.ToArray());
/// }
/// </code>
/// </example>
public interface IStateMachine
{
    /// <summary>
    /// Applies a committed command. A command that makes no sense is answered by a result that says so; an exception
    /// stops the node, because its state may then differ from the others'.
    /// </summary>
    /// <param name="index">The command's place in the log; it rises from call to call, not always by one.</param>
    /// <param name="command">
    /// The command's bytes. They never change, but they are part of a larger array; what is to be kept should be copied.
    /// </param>
    /// <returns>The result for the client. It is kept for when the command comes again; the bytes must not change.</returns>
    ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command);

    /// <summary>Answers a query without changing anything. An exception is answered to the client as a refusal.</summary>
    /// <param name="query">The query's bytes.</param>
    /// <returns>The answer for the client.</returns>
    ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query);

    /// <summary>
    /// Writes the whole state, so that the commands before it need not be kept (Raft §7). Commands and queries wait meanwhile,
    /// elections and heartbeats don't. An exception means that there is no snapshot this time; it harms nothing else.
    /// </summary>
    /// <param name="snapshot">Takes the bytes; 2 GB at the most.</param>
    void TakeSnapshot(IBufferWriter<byte> snapshot);

    /// <summary>
    /// Replaces the whole state by one that <see cref="TakeSnapshot"/> wrote, here or on another node, perhaps by an older version
    /// of the program. An exception stops the node for good: it has no state.
    /// </summary>
    /// <param name="snapshot">The bytes. They never change, but what is to be kept should be copied.</param>
    void Restore(ReadOnlySequence<byte> snapshot);
}
