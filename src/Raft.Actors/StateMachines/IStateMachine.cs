using System.Buffers;
using Raft.Actors.Protocol;

namespace Raft.Actors.StateMachines;

/// <summary>
/// The state machine that a group replicates: it deterministically turns commands into results (Raft §2). Every node applies the
/// same commands in the same order, so a result must depend only on state and command, not on clocks, randomness or I/O. One
/// actor calls the state machine, one call at a time.
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
    /// Applies a committed command. For an invalid command, return a result that says so. An exception stops the node, because
    /// its state may then differ from that of the other nodes.
    /// </summary>
    /// <param name="index">The command's log index; it increases from call to call, not always by one.</param>
    /// <param name="command">The command's bytes. They never change, but they are part of a larger array, so copy what you
    /// keep.</param>
    /// <returns>The result for the client. It is stored in case the command is sent again; its bytes must not change.</returns>
    ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command);

    /// <summary>
    /// Answers a query without changing any state. If it throws, the client gets a refusal with the exception's message.
    /// </summary>
    /// <param name="query">The query's bytes.</param>
    /// <returns>The answer for the client.</returns>
    ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query);

    /// <summary>
    /// Writes the whole state, so that earlier commands need not be kept (Raft §7). Commands and queries wait meanwhile;
    /// elections and heartbeats don't. If it throws, the node takes no snapshot this time and continues.
    /// </summary>
    /// <param name="snapshot">Receives the bytes; at most 2 GB.</param>
    void TakeSnapshot(IBufferWriter<byte> snapshot);

    /// <summary>
    /// Replaces the whole state by one that <see cref="TakeSnapshot"/> wrote, here or on another node, perhaps with an older
    /// version of the program. If it throws, the node stops for good, because it has no state.
    /// </summary>
    /// <param name="snapshot">The bytes. They never change, but copy what you keep.</param>
    void Restore(ReadOnlySequence<byte> snapshot);
}
