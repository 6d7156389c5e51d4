namespace Raft.Actors.Replication;

/// <summary>
/// A leader's rounds of heartbeats. When a majority has answered a round, the leader was one when it sent it (Raft §8): reads
/// that came before are confirmed, and from the time of sending on nobody else was elected for the shortest election timeout
/// (dissertation §6.4.1).
/// </summary>
/// <param name="electedAt">When the leader was elected.</param>
internal sealed class HeartbeatRounds(TimeSpan electedAt)
{
    /// <summary>More are not remembered: a leader without answers that does not step down sends for ever.</summary>
    private const int MaxOpen = 1024;

    private readonly Queue<(long Round, TimeSpan SentAt)> _open = new();

    /// <summary>The newest round; 0 before the first.</summary>
    public long Newest { get; private set; }

    /// <summary>When the newest round that a majority answered was sent; null while there is none.</summary>
    public TimeSpan? ConfirmedAt { get; private set; }

    /// <summary>Since when the leader has no proof that it is one.</summary>
    public TimeSpan UnconfirmedSince => ConfirmedAt ?? electedAt;

    /// <summary>Begins a round.</summary>
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
