using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The client's side of a session (dissertation §6.3): it numbers commands, and knows up to which number all are complete.
/// </summary>
/// <param name="id">The session.</param>
/// <param name="openedAt">When the client requested the session, on the scheduler's monotonic clock.</param>
internal sealed class ClientSession(SessionId id, TimeSpan openedAt)
{
    private readonly HashSet<long> _endedEarly = [];
    private long _lastSequence;

    public SessionId Id { get; } = id;

    /// <summary>All commands up to this number are complete.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>When the client sent the newest command that reached the group, or requested the session.</summary>
    public TimeSpan UsedAt { get; private set; } = openedAt;

    /// <summary>Whether a command is pending.</summary>
    public bool IsInUse => Acknowledged < _lastSequence;

    /// <summary>Whether the group keeps replies for no further command.</summary>
    public bool IsFull(int maxReplies) => _lastSequence - Acknowledged >= maxReplies;

    /// <summary>Returns the number of a new command.</summary>
    public long Begin() => ++_lastSequence;

    /// <summary>The command is complete: the client does not repeat it any more.</summary>
    public void End(long sequence)
    {
        _endedEarly.Add(sequence);
        while (_endedEarly.Remove(Acknowledged + 1)) Acknowledged++;
    }

    /// <summary>A command that the client sent at that time has reached the group.</summary>
    public void Reached(TimeSpan sentAt)
    {
        if (sentAt > UsedAt) UsedAt = sentAt;
    }
}
