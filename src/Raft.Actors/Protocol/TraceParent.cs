namespace Raft.Actors.Protocol;

/// <summary>
/// The span that caused something, as W3C's header <c>traceparent</c> names it. It travels with messages of a write that is
/// traced, and is never part of the log or the journal.
/// </summary>
/// <param name="Value">For example <c>00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01</c>.</param>
internal readonly record struct TraceParent(string Value)
{
    /// <summary>What an encoded one takes, with its index, at the most, in bytes.</summary>
    public const int EncodedBytes = 80;

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>An entry of a message whose write is traced.</summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Parent">The span of the message.</param>
internal sealed record EntryTrace(LogIndex Index, TraceParent Parent);
