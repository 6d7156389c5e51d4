using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// Commands are texts; a result names the index, and an answer lists all commands. The text <see cref="Boom"/> throws, as a
/// command and as a query.
/// </summary>
internal sealed class TextMachine : IStateMachine
{
    public const string Boom = "boom";

    /// <summary>A command after which snapshots fail.</summary>
    public const string Unwritable = "unwritable";

    private readonly ConcurrentQueue<string> _applied = new();

    /// <summary>All commands applied so far, as <c>index:command</c>.</summary>
    public IReadOnlyList<string> Applied => [.. _applied];

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
    {
        var text = Text(command);
        if (text == Boom) throw new InvalidOperationException("The command went boom.");
        _applied.Enqueue($"{index}:{text}");
        return Bytes($"{index}:{text}");
    }

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) =>
        Text(query) == Boom
            ? throw new InvalidOperationException("The question went boom.")
            : Bytes(string.Join(' ', _applied));

    public void TakeSnapshot(IBufferWriter<byte> snapshot)
    {
        if (_applied.Any(text => text.EndsWith(Unwritable, StringComparison.Ordinal)))
            throw new InvalidOperationException("The state can't be written.");
        Encoding.UTF8.GetBytes(string.Join(' ', _applied), snapshot);
    }

    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        _applied.Clear();
        foreach (var text in Encoding.UTF8.GetString(snapshot).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _applied.Enqueue(text);
    }
}
