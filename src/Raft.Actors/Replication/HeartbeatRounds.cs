namespace Raft.Actors.Replication;

/// <summary>
/// A leader's heartbeat rounds. When a majority has answered a round, the node was leader when it started the round (Raft §8).
/// This confirms reads that arrived before, and starts the lease: no other leader is elected within the shortest election timeout
/// after the round was sent (dissertation §6.4.1).
/// </summary>
/// <param name="electedAt">When the leader was elected.</param>
internal sealed class HeartbeatRounds(TimeSpan electedAt)
{
    /// <summary>Maximum number of unanswered rounds, since a leader without check quorum may never get an answer.</summary>
    private const int MaxOpen = 1024;

    private readonly Queue<(long Round, TimeSpan SentAt)> _open = new();

    /// <summary>The newest round; 0 before the first one.</summary>
    public long Newest { get; private set; }

    /// <summary>When the newest round answered by a majority was sent; null if there is none.</summary>
    public TimeSpan? ConfirmedAt { get; private set; }

    /// <summary>Since when the leader has had no proof that it leads.</summary>
    public TimeSpan UnconfirmedSince => ConfirmedAt ?? electedAt;

    /// <summary>Starts a round.</summary>
    public void Begin(TimeSpan now)
    {
        Newest++;
        _open.Enqueue((Newest, now));
        if (_open.Count > MaxOpen) _open.Dequeue();
    }

    /// <summary>A majority answered this round or a newer one.</summary>
    public void Confirm(long round)
    {
        while (_open.TryPeek(out var open) && open.Round <= round)
        {
            _open.Dequeue();
            ConfirmedAt = open.SentAt;
        }
    }
}
