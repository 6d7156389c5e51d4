using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>How a leader sends to one follower.</summary>
internal enum ReplicationMode
{
    /// <summary>
    /// The last common entry is being searched: entries are sent once, and again only when the follower answers. That a message
    /// was lost shows when it answers a heartbeat, which is about the same place. So nothing piles up on the way to a follower
    /// that is silent.
    /// </summary>
    Probe = 0,

    /// <summary>The logs are known to agree: messages are pipelined up to the window.</summary>
    Replicate = 1,

    /// <summary>
    /// The follower lacks entries that the leader has no more: it gets a snapshot in their place (§7), and no entries meanwhile.
    /// </summary>
    Snapshot = 2,
}

/// <summary>
/// What a leader knows of one follower: <c>nextIndex</c> and <c>matchIndex</c> (Raft, Figure 2), and how much is on its
/// way. Pure: it says what may be sent, the leader sends it.
/// </summary>
internal sealed class Progress
{
    private readonly InflightWindow _inflight;
    private bool _probeOutstanding;
    private long _matchRound;
    private (LogIndex Match, long? Offset) _observed;
    private TimeSpan _movedAt;

    /// <summary>A follower of which nothing is known yet (Figure 2: <c>nextIndex</c> = last index + 1, <c>matchIndex</c> = 0).</summary>
    /// <param name="lastIndex">The leader's last index at its election.</param>
    /// <param name="window">Appends in flight, at the most.</param>
    /// <param name="windowBytes">Encoded bytes of those.</param>
    /// <param name="now">When the leader was elected.</param>
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

    /// <summary>The journal of the follower that this is about; null before its first answer.</summary>
    public long? Journal { get; set; }

    /// <summary>Whether what the follower has counts for a commit, and its answers for the leadership.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Newest round of heartbeats that the follower answered.</summary>
    public long Round { get; private set; }

    /// <summary>When it answered last, on the leader's clock; before the first answer, when the leader was elected.</summary>
    public TimeSpan HeardAt { get; private set; }

    /// <summary>Whether the follower wants to lead, as it said last.</summary>
    public LeadershipPreference Preference { get; set; }

    /// <summary>The snapshot that the follower gets; null while none is sent.</summary>
    public SnapshotTransfer? Transfer { get; private set; }

    /// <summary>Appends on their way.</summary>
    public int Inflight => _inflight.Count;

    /// <summary>Whether entries may be sent now.</summary>
    public bool CanSend => Mode switch
    {
        ReplicationMode.Probe => !_probeOutstanding,
        ReplicationMode.Replicate => !_inflight.IsFull,
        _ => false,
    };

    /// <summary>Notes that entries up to <paramref name="lastIndex"/> were sent.</summary>
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
    /// The follower has everything up to <paramref name="match"/>: the search is over, and so is the sending of a snapshot once
    /// the entries after it are on the leader.
    /// </summary>
    /// <param name="match">Last index that it has.</param>
    /// <param name="newestRound">The leader's newest round of heartbeats when the answer came.</param>
    public void OnAccepted(LogIndex match, long newestRound)
    {
        if (match > Match) (Match, _matchRound) = (match, newestRound);
        _inflight.Free(match);
        if (Mode == ReplicationMode.Probe || (Mode == ReplicationMode.Snapshot && Match >= Next.Previous()))
            Enter(ReplicationMode.Replicate);
        Next = LogIndex.Max(Next, Match.Next());
    }

    /// <summary>The leader has no entries before this one: what the follower lacks is searched from here on.</summary>
    public void OnCompacted(LogIndex firstIndex)
    {
        if (Next >= firstIndex) return;
        if (Mode == ReplicationMode.Replicate) Enter(ReplicationMode.Probe);
        else _probeOutstanding = false;
        Next = LogIndex.Max(Next, firstIndex);
    }

    /// <summary>The follower lacks an entry that the leader has no more.</summary>
    /// <param name="firstIndex">The leader's first entry.</param>
    public void BeginSnapshot(LogIndex firstIndex)
    {
        Enter(ReplicationMode.Snapshot);
        Next = firstIndex;
    }

    /// <summary>The transfer of this snapshot, a new one where another was sent before.</summary>
    /// <param name="index">Last index that the snapshot replaces.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="now">When that is, where somebody measures it.</param>
    public SnapshotTransfer TransferOf(LogIndex index, long length, TimeSpan? now = null)
    {
        if (Transfer?.Index != index) Transfer = new SnapshotTransfer(index, length, now);
        return Transfer;
    }

    /// <summary>The follower is silent: it is looked at again when it answers.</summary>
    public void GiveUpSnapshot()
    {
        var next = Next;
        Enter(ReplicationMode.Probe);
        Next = next;
    }

    /// <summary>
    /// Whether the follower lacks an entry that it acknowledged: it says so in answer to a message that was sent after the
    /// acknowledgement had come.
    /// </summary>
    /// <param name="lacked">The first entry that it lacks, or that contradicts the leader's.</param>
    /// <param name="round">The round of the message that it answers.</param>
    public bool HasForgotten(LogIndex lacked, long round) => lacked <= Match && round > _matchRound;

    /// <summary>
    /// The follower lacks the entry at <paramref name="rejected"/>; the search goes on at <paramref name="retryAt"/>. A
    /// rejection of a message that something later has overtaken is ignored: it is about entries that the follower has
    /// acknowledged since. Where entries were pipelined, one was lost or overtaken: the pipeline starts again with one message.
    /// </summary>
    /// <returns>Whether the rejection was news.</returns>
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
    /// Looks whether the follower gets on: it has all that is committed, or more than when it was looked at last, be it of a
    /// snapshot.
    /// </summary>
    /// <param name="commitIndex">The leader's commit index.</param>
    /// <param name="now">The time, on the leader's clock.</param>
    /// <returns>For how long it has not got on.</returns>
    public TimeSpan Observe(LogIndex commitIndex, TimeSpan now)
    {
        var has = (Match, Transfer?.Offset);
        if (Match >= commitIndex || has != _observed) _movedAt = now;
        _observed = has;
        return now - _movedAt;
    }

    /// <summary>The follower answered a message of this round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="now">When the answer came, on the leader's clock.</param>
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
