using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>
/// Appends sent to one follower and not yet acknowledged. Bounded, so that a slow follower costs bounded memory. Where messages
/// get lost or overtake each other, the window shrinks to one message and grows again with every acknowledgement (the slow start
/// of TCP, RFC 5681 §3.1): a network that can't keep what is sent is not filled with the same entries again and again.
/// </summary>
/// <param name="capacity">Messages in flight, at the most.</param>
/// <param name="maxBytes">Their bytes; at this limit, too, the next append waits.</param>
internal sealed class InflightWindow(int capacity, long maxBytes)
{
    private readonly Queue<(LogIndex Last, int Bytes)> _messages = new();

    /// <summary>How many messages fewer than the capacity may be in flight.</summary>
    private int _closed;

    /// <summary>Messages in flight.</summary>
    public int Count => _messages.Count;

    /// <summary>Their encoded bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the next append has to wait for an acknowledgement.</summary>
    public bool IsFull => Count >= capacity - _closed || Bytes >= maxBytes;

    /// <summary>Notes a message that was sent.</summary>
    /// <param name="lastIndex">Index of its last entry.</param>
    /// <param name="bytes">Encoded bytes of its entries.</param>
    /// <exception cref="InvalidOperationException">The window is full.</exception>
    public void Add(LogIndex lastIndex, int bytes)
    {
        if (IsFull)
            throw new InvalidOperationException(
                $"{Count} appends of {Bytes} bytes are in flight; {capacity - _closed} of {maxBytes} bytes are allowed.");
        _messages.Enqueue((lastIndex, bytes));
        Bytes += bytes;
    }

    /// <summary>Frees all messages whose entries are acknowledged up to <paramref name="match"/>.</summary>
    public void Free(LogIndex match)
    {
        while (_messages.TryPeek(out var message) && message.Last <= match)
        {
            Bytes -= _messages.Dequeue().Bytes;
            if (_closed > 0) _closed--;
        }
    }

    /// <summary>Lets one message at a time through, until acknowledgements open the window again.</summary>
    public void Shrink() => _closed = capacity - 1;

    /// <summary>Forgets all messages: they are presumed lost.</summary>
    public void Clear()
    {
        _messages.Clear();
        Bytes = 0;
    }
}
