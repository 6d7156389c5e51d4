using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>How a leader replicates to one follower.</summary>
internal enum ReplicationMode
{
    /// <summary>
    /// The leader is searching for the last common entry. It sends entries once, and again only when the follower answers; the
    /// answer to a heartbeat shows whether a message was lost. So messages to a silent follower don't pile up.
    /// </summary>
    Probe = 0,

    /// <summary>The logs are known to match: messages are pipelined up to the window.</summary>
    Replicate = 1,

    /// <summary>The follower lacks entries that the leader has compacted, so it gets a snapshot (§7) and no entries.</summary>
    Snapshot = 2,
}

/// <summary>
/// The leader's knowledge of one follower: <c>nextIndex</c>, <c>matchIndex</c> (Raft, Figure 2) and the messages in flight. Pure:
/// it decides what may be sent, and the leader sends it.
/// </summary>
internal sealed class Progress
{
    private readonly InflightWindow _inflight;
    private bool _probeOutstanding;
    private long _matchRound;
    private (LogIndex Match, long? Offset) _observed;
    private TimeSpan _movedAt;

    /// <summary>
    /// A follower about which nothing is known yet: <c>nextIndex</c> is the last index + 1, <c>matchIndex</c> is 0 (Figure 2).
    /// </summary>
    /// <param name="lastIndex">The leader's last index at its election.</param>
    /// <param name="window">Maximum number of appends in flight.</param>
    /// <param name="windowBytes">Maximum of their encoded bytes.</param>
    /// <param name="now">The time of the election.</param>
    public Progress(LogIndex lastIndex, int window, long windowBytes, TimeSpan now)
    {
        Next = lastIndex.Next();
        HeardAt = now;
        _movedAt = now;
        _inflight = new InflightWindow(window, windowBytes);
    }

    /// <summary>How entries are sent.</summary>
    public ReplicationMode Mode { get; private set; } = ReplicationMode.Probe;

    /// <summary>Index of the next entry to send.</summary>
    public LogIndex Next { get; private set; }

    /// <summary>Highest index known to be durable on the follower.</summary>
    public LogIndex Match { get; private set; } = LogIndex.Zero;

    /// <summary>The number of the follower's journal; null before its first answer.</summary>
    public long? Journal { get; set; }

    /// <summary>Whether the follower counts towards a majority.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>The newest heartbeat round that the follower has answered.</summary>
    public long Round { get; private set; }

    /// <summary>
    /// When the follower last answered, on the leader's clock; the time of the election before its first answer.
    /// </summary>
    public TimeSpan HeardAt { get; private set; }

    /// <summary>The follower's leadership preference in its last answer.</summary>
    public LeadershipPreference Preference { get; set; }

    /// <summary>The snapshot transfer to the follower; null if there is none.</summary>
    public SnapshotTransfer? Transfer { get; private set; }

    /// <summary>The number of appends in flight.</summary>
    public int Inflight => _inflight.Count;

    /// <summary>Whether entries may be sent now.</summary>
    public bool CanSend => Mode switch
    {
        ReplicationMode.Probe => !_probeOutstanding,
        ReplicationMode.Replicate => !_inflight.IsFull,
        _ => false,
    };

    /// <summary>Entries up to <paramref name="lastIndex"/> were sent.</summary>
    /// <param name="lastIndex">Index of the last one.</param>
    /// <param name="bytes">Encoded bytes of the message's entries.</param>
    public void OnSent(LogIndex lastIndex, int bytes)
    {
        if (Mode == ReplicationMode.Probe)
        {
            _probeOutstanding = true;
            return;
        }

        _inflight.Add(lastIndex, bytes);
        Next = lastIndex.Next();
    }

    /// <summary>
    /// The follower has everything up to <paramref name="match"/>. That ends the search, and also a snapshot transfer if the
    /// leader has the entries after it.
    /// </summary>
    /// <param name="match">Last index that the follower has.</param>
    /// <param name="newestRound">The leader's newest heartbeat round when the answer arrived.</param>
    public void OnAccepted(LogIndex match, long newestRound)
    {
        if (match > Match) (Match, _matchRound) = (match, newestRound);
        _inflight.Free(match);
        if (Mode == ReplicationMode.Probe || (Mode == ReplicationMode.Snapshot && Match >= Next.Previous()))
            Enter(ReplicationMode.Replicate);
        Next = LogIndex.Max(Next, Match.Next());
    }

    /// <summary>
    /// The leader has compacted the entries before <paramref name="firstIndex"/>; the search can't go below it.
    /// </summary>
    public void OnCompacted(LogIndex firstIndex)
    {
        if (Next >= firstIndex) return;
        if (Mode == ReplicationMode.Replicate) Enter(ReplicationMode.Probe);
        else _probeOutstanding = false;
        Next = LogIndex.Max(Next, firstIndex);
    }

    /// <summary>The follower lacks an entry that the leader has compacted.</summary>
    /// <param name="firstIndex">The leader's first entry.</param>
    public void BeginSnapshot(LogIndex firstIndex)
    {
        Enter(ReplicationMode.Snapshot);
        Next = firstIndex;
    }

    /// <summary>The transfer of this snapshot; it replaces the transfer of another one.</summary>
    /// <param name="index">Last index that the snapshot replaces.</param>
    /// <param name="length">The snapshot's size in bytes.</param>
    /// <param name="now">The current time; null if nothing measures.</param>
    public SnapshotTransfer TransferOf(LogIndex index, long length, TimeSpan? now = null)
    {
        if (Transfer?.Index != index) Transfer = new SnapshotTransfer(index, length, now);
        return Transfer;
    }

    /// <summary>The follower is silent: the leader probes it when it answers again.</summary>
    public void GiveUpSnapshot()
    {
        var next = Next;
        Enter(ReplicationMode.Probe);
        Next = next;
    }

    /// <summary>
    /// Whether the follower lacks an entry that it had acknowledged, because it says so in an answer to a message that was sent
    /// after the acknowledgement arrived.
    /// </summary>
    /// <param name="lacked">The first entry that it lacks, or that conflicts with the leader's.</param>
    /// <param name="round">The round of the answered message.</param>
    public bool HasForgotten(LogIndex lacked, long round) => lacked <= Match && round > _matchRound;

    /// <summary>
    /// The follower lacks the entry at <paramref name="rejected"/>; the search continues at <paramref name="retryAt"/>. A stale
    /// rejection is ignored: the follower has acknowledged its entries since. If entries were pipelined, one was lost or
    /// reordered, and the pipeline restarts with one message.
    /// </summary>
    /// <returns>False if the rejection is stale.</returns>
    public bool OnRejected(LogIndex rejected, LogIndex retryAt)
    {
        var isStale = LogIndex.Min(retryAt, rejected) <= Match
            || Mode == ReplicationMode.Snapshot
            || (Mode == ReplicationMode.Probe && rejected != Next.Previous());
        if (isStale) return false;

        if (Mode == ReplicationMode.Replicate) _inflight.Shrink();
        Enter(ReplicationMode.Probe);
        Next = LogIndex.Max(Match.Next(), LogIndex.Min(retryAt, rejected));
        return true;
    }

    /// <summary>
    /// Checks whether the follower makes progress: it has all committed entries, or more entries or snapshot bytes than at the
    /// last check.
    /// </summary>
    /// <param name="commitIndex">The leader's commit index.</param>
    /// <param name="now">The current time on the leader's clock.</param>
    /// <returns>How long the follower has made no progress.</returns>
    public TimeSpan Observe(LogIndex commitIndex, TimeSpan now)
    {
        var has = (Match, Transfer?.Offset);
        if (Match >= commitIndex || has != _observed) _movedAt = now;
        _observed = has;
        return now - _movedAt;
    }

    /// <summary>The follower answered a message of this round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="now">When the answer arrived, on the leader's clock.</param>
    public void OnRound(long round, TimeSpan now)
    {
        Round = Math.Max(Round, round);
        HeardAt = now;
    }

    private void Enter(ReplicationMode mode)
    {
        Mode = mode;
        _probeOutstanding = false;
        _inflight.Clear();
        Transfer = null;
        Next = Match.Next();
    }
}
