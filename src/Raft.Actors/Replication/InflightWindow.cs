using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>
/// The unacknowledged appends to one follower. The window is bounded, so that a slow follower uses bounded memory. When messages
/// are lost or reordered, it shrinks to one message and grows with every acknowledgement (TCP slow start, RFC 5681 §3.1), so that
/// an overloaded network is not flooded with the same entries.
/// </summary>
/// <param name="capacity">Maximum number of messages in flight.</param>
/// <param name="maxBytes">When the messages in flight have this many bytes, the next append waits.</param>
internal sealed class InflightWindow(int capacity, long maxBytes)
{
    private readonly Queue<(LogIndex Last, int Bytes)> _messages = new();

    /// <summary>By how many messages the window is reduced.</summary>
    private int _closed;

    /// <summary>Messages in flight.</summary>
    public int Count => _messages.Count;

    /// <summary>Encoded bytes of the messages in flight.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the next append has to wait for an acknowledgement.</summary>
    public bool IsFull => Count >= capacity - _closed || Bytes >= maxBytes;

    /// <summary>Adds a message that was sent.</summary>
    /// <param name="lastIndex">Index of the message's last entry.</param>
    /// <param name="bytes">Encoded bytes of the message's entries.</param>
    /// <exception cref="InvalidOperationException">The window is full.</exception>
    public void Add(LogIndex lastIndex, int bytes)
    {
        if (IsFull)
            throw new InvalidOperationException(
                $"{Count} appends of {Bytes} bytes are in flight; {capacity - _closed} of {maxBytes} bytes are allowed.");
        _messages.Enqueue((lastIndex, bytes));
        Bytes += bytes;
    }

    /// <summary>Removes all messages whose entries are acknowledged up to <paramref name="match"/>.</summary>
    public void Free(LogIndex match)
    {
        while (_messages.TryPeek(out var message) && message.Last <= match)
        {
            Bytes -= _messages.Dequeue().Bytes;
            if (_closed > 0) _closed--;
        }
    }

    /// <summary>Allows only one message at a time, until acknowledgements open the window again.</summary>
    public void Shrink() => _closed = capacity - 1;

    /// <summary>Removes all messages, which are presumed lost.</summary>
    public void Clear()
    {
        _messages.Clear();
        Bytes = 0;
    }
}
