using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The client's side of a session (dissertation §6.3): numbers its commands, and knows up to which one all have ended.
/// </summary>
/// <param name="id">The session.</param>
/// <param name="openedAt">When the entry that opened it was asked for, on the scheduler's monotonic clock.</param>
internal sealed class ClientSession(SessionId id, TimeSpan openedAt)
{
    private readonly HashSet<long> _endedEarly = [];
    private long _lastSequence;

    public SessionId Id { get; } = id;

    /// <summary>All commands up to this sequence have ended.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>When the newest command that is known to have reached the group was sent, or the session asked for.</summary>
    public TimeSpan UsedAt { get; private set; } = openedAt;

    /// <summary>Whether a command is under way.</summary>
    public bool IsInUse => Acknowledged < _lastSequence;

    /// <summary>Whether the group keeps replies for no further command.</summary>
    public bool IsFull(int maxReplies) => _lastSequence - Acknowledged >= maxReplies;

    /// <summary>The number of a new command.</summary>
    public long Begin() => ++_lastSequence;

    /// <summary>The command has ended for its caller; nobody will ask for its reply again.</summary>
    public void End(long sequence)
    {
        _endedEarly.Add(sequence);
        while (_endedEarly.Remove(Acknowledged + 1)) Acknowledged++;
    }

    /// <summary>A command that was sent then has reached the group.</summary>
    public void Reached(TimeSpan sentAt)
    {
        if (sentAt > UsedAt) UsedAt = sentAt;
    }
}
