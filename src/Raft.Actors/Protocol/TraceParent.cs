namespace Raft.Actors.Protocol;

/// <summary>
/// The span that caused an operation, in the format of the W3C header <c>traceparent</c>. Messages of traced writes contain it,
/// but never the log or the journal.
/// </summary>
/// <param name="Value">For example <c>00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01</c>.</param>
internal readonly record struct TraceParent(string Value)
{
    /// <summary>The most bytes that it adds to an encoded message, with its index.</summary>
    public const int EncodedBytes = 80;

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>A traced entry in a message.</summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Parent">The span of the message.</param>
internal sealed record EntryTrace(LogIndex Index, TraceParent Parent);
