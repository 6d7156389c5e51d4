using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>Appends sent to one follower and not yet acknowledged. Bounded, so that a slow follower costs bounded memory.</summary>
/// <param name="capacity">Messages in flight, at the most.</param>
public sealed class InflightWindow(int capacity)
{
    private readonly Queue<LogIndex> _lastIndexes = new();

    /// <summary>Messages in flight.</summary>
    public int Count => _lastIndexes.Count;

    /// <summary>Whether the next append has to wait for an acknowledgement.</summary>
    public bool IsFull => _lastIndexes.Count >= capacity;

    /// <summary>Notes a message that was sent.</summary>
    /// <param name="lastIndex">Index of its last entry.</param>
    /// <exception cref="InvalidOperationException">The window is full.</exception>
    public void Add(LogIndex lastIndex)
    {
        if (IsFull) throw new InvalidOperationException($"{Count} appends are in flight; {capacity} are allowed.");
        _lastIndexes.Enqueue(lastIndex);
    }

    /// <summary>Frees all messages whose entries are acknowledged up to <paramref name="match"/>.</summary>
    public void Free(LogIndex match)
    {
        while (_lastIndexes.TryPeek(out var last) && last <= match) _lastIndexes.Dequeue();
    }

    /// <summary>Forgets all messages: they are presumed lost.</summary>
    public void Clear() => _lastIndexes.Clear();
}
