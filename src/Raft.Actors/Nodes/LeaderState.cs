using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;
using Raft.Actors.Replication;
using Raft.Actors.Sessions;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>The volatile state of a leader; it ends with the leader's term (Raft, Figure 2).</summary>
internal sealed class LeaderState
{
    private readonly RaftSettings _settings;
    private readonly ReadOnlyMemory<byte> _sessionLimits;
    private readonly Queue<PendingProposal> _pending = new();
    private readonly Queue<WaitingClient> _uncommitted = new();
    private bool _areLimitsInLog;
    private int _unapplied;
    private long _unappliedBytes;
    private long _inheritedBytes;
    private readonly Queue<WaitingClient> _applying = new();
    private readonly Dictionary<NodeId, TimeSpan> _readmittedAt = [];

    /// <param name="term">The leader's term.</param>
    /// <param name="followers">All voters but the leader.</param>
    /// <param name="lastIndex">The log's last index at the election.</param>
    /// <param name="inheritedBytes">Bytes of the commands in the log that may not be committed.</param>
    /// <param name="settings">The node's settings.</param>
    /// <param name="now">The time of the election.</param>
    public LeaderState(
        Term term, IEnumerable<NodeId> followers, LogIndex lastIndex, long inheritedBytes, RaftSettings settings, TimeSpan now)
    {
        _settings = settings;
        _inheritedBytes = inheritedBytes;
        _sessionLimits = new SessionLimits(settings.SessionTimeout, settings.MaxSessions, settings.MaxSessionReplies)
        {
            Retention = settings.IdempotencyRetention,
        }.Encode();
        Term = term;
        FirstIndexOfTerm = lastIndex.Next();
        Followers = followers.ToDictionary(id => id, _ => NewProgress(lastIndex, now));
        Reads = new PendingReads(settings.MaxPendingReads);
        Rounds = new HeartbeatRounds(now);
    }

    public Term Term { get; }

    /// <summary>
    /// Index of the no-op at the start of the term. Once it is committed, the leader knows the commit index (Raft §8).
    /// </summary>
    public LogIndex FirstIndexOfTerm { get; }

    public Dictionary<NodeId, Progress> Followers { get; }

    public PendingReads Reads { get; }

    public HeartbeatRounds Rounds { get; }

    /// <summary>The snapshot for followers that lack entries which the leader has compacted.</summary>
    public OutgoingSnapshot Outgoing { get; } = new();

    /// <summary>Measures proposals and appends.</summary>
    public required LeaderTelemetry Telemetry { get; init; }

    /// <summary>Whether this leader has sent <see cref="TimeoutNow"/> in its term.</summary>
    public bool HasSentTimeoutNow { get; set; }

    /// <summary>The initial progress of a follower.</summary>
    public Progress NewProgress(LogIndex lastIndex, TimeSpan now) =>
        new(lastIndex, _settings.MaxInflightAppends, _settings.MaxInflightBytes, now);

    /// <summary>
    /// Whether enough time has passed since the member was last readmitted; if so, it counts as readmitted now.
    /// </summary>
    public bool MayReadmit(NodeId member, TimeSpan now, TimeSpan pause)
    {
        if (_readmittedAt.TryGetValue(member, out var at) && now - at < pause) return false;
        _readmittedAt[member] = now;
        return true;
    }

    /// <summary>Whether a follower has answered within an election timeout.</summary>
    public bool IsHeard(NodeId follower, TimeSpan now) => now - Followers[follower].HeardAt <= _settings.ElectionTimeoutMax;

    /// <summary>Stops waiting for silent followers, and drops the snapshot when no follower needs it.</summary>
    public void GiveUpSnapshots(TimeSpan now)
    {
        foreach (var (id, progress) in Followers)
        {
            if (progress.Mode == ReplicationMode.Snapshot && !IsHeard(id, now)) progress.GiveUpSnapshot();
        }

        if (Followers.Values.All(progress => progress.Mode != ReplicationMode.Snapshot)) Outgoing.Snapshot = null;
    }

    /// <summary>
    /// The best successor of this leader among the reachable followers: one that has every committed entry, then the one with the
    /// highest leadership preference, then the one with the longest log.
    /// </summary>
    /// <returns>Null if no follower is reachable.</returns>
    public NodeId? BestSuccessor(LogIndex commitIndex, TimeSpan now)
    {
        var heard = Followers.Where(f => IsHeard(f.Key, now) && f.Value.Counts).ToArray();
        return heard.Length == 0
            ? null
            : heard.MaxBy(f => (f.Value.Match >= commitIndex, Eagerness(f.Value.Preference), f.Value.Match)).Key;
    }

    /// <summary>
    /// A reachable follower with a higher leadership preference than the leader and every committed entry; null if there is none.
    /// </summary>
    public NodeId? PreferredSuccessor(LeadershipPreference own, LogIndex commitIndex, TimeSpan now) =>
        BestSuccessor(commitIndex, now) is { } best && Followers[best] is var progress
        && Eagerness(progress.Preference) > Eagerness(own) && progress.Match >= commitIndex
            ? best
            : null;

    /// <summary>Timestamps the leader's entries.</summary>
    public LogClock Clock { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Adds a proposal to the next batch.</summary>
    /// <returns>False if a limit is reached; the caller must refuse the proposal.</returns>
    public bool TryEnqueue(Proposal proposal, IActorRef client)
    {
        if (_unapplied >= _settings.MaxPendingProposals
            || _inheritedBytes + _unappliedBytes + proposal.Command.Length > _settings.MaxPendingBytes)
            return false;

        _unapplied++;
        _unappliedBytes += proposal.Command.Length;
        _pending.Enqueue(new PendingProposal(client, proposal, Telemetry.Accepted(proposal)));
        return true;
    }

    /// <summary>Proposals that are not in the log yet.</summary>
    public int PendingProposals => _pending.Count;

    /// <summary>
    /// Turns pending proposals into entries, as many as one append carries. Their clients wait from now on for the result. The
    /// limits on idempotency keys are those in the log entry that opens a session; if no session was opened in this term before
    /// the first key, the leader opens one, which no client uses.
    /// </summary>
    /// <param name="lastIndex">The log's last index.</param>
    /// <param name="time">The log time of the entries.</param>
    public EntryBatch DrainBatch(LogIndex lastIndex, TimeSpan time)
    {
        var entries = new List<LogEntry>(Math.Min(_pending.Count, _settings.MaxAppendEntries) + 1);
        var bytes = 0L;
        LogEntry Add(EntryKind kind, ReadOnlyMemory<byte> command, CommandOrigin? origin)
        {
            entries.Add(new LogEntry(lastIndex + entries.Count + 1, Term, kind, command) { Time = time, Origin = origin });
            bytes += entries[^1].EncodedBytes;
            return entries[^1];
        }

        while (_pending.TryPeek(out var pending) && HasRoomFor(pending.Proposal, entries.Count, bytes))
        {
            _pending.Dequeue();
            var (client, proposal, accepted) = pending;
            var opens = proposal.Kind == EntryKind.OpenSession;
            if (proposal.Origin is KeyedCommand && !_areLimitsInLog) Add(EntryKind.OpenSession, _sessionLimits, origin: null);
            _areLimitsInLog |= opens || proposal.Origin is KeyedCommand;
            var entry = Add(proposal.Kind, opens ? _sessionLimits : proposal.Command, proposal.Origin);
            var waiting = new WaitingClient(entry.Index, client, proposal.RequestId, proposal.Command.Length);
            _uncommitted.Enqueue(waiting with { Accepted = accepted });
            Telemetry.Appended(accepted, waiting.Index, Term);
        }

        return new EntryBatch([.. entries]);
    }

    /// <summary>A proposal can become two entries, of which the first opens a session.</summary>
    private bool HasRoomFor(Proposal proposal, int entries, long bytes) =>
        entries == 0
        || (entries + 2 <= _settings.MaxAppendEntries
            && bytes + proposal.Command.Length + (proposal.Origin?.EncodedBytes ?? 0) + _sessionLimits.Length
                + (2 * LogEntry.EncodedOverhead) <= _settings.MaxAppendBytes);

    /// <summary>Removes and returns the clients whose commands are committed; the state machine answers them.</summary>
    public IReadOnlyList<WaitingClient> DrainCommitted(LogIndex commitIndex)
    {
        if (commitIndex >= FirstIndexOfTerm) _inheritedBytes = 0;
        var committed = new List<WaitingClient>();
        while (_uncommitted.TryPeek(out var waiting) && waiting.Index <= commitIndex)
        {
            committed.Add(_uncommitted.Dequeue());
            Telemetry.Committed(waiting.Accepted, waiting.Index);
            _applying.Enqueue(waiting);
        }

        return committed;
    }

    /// <summary>Everything up to <paramref name="lastApplied"/> is applied, which makes room for new proposals.</summary>
    public void OnApplied(LogIndex lastApplied)
    {
        while (_applying.TryPeek(out var waiting) && waiting.Index <= lastApplied)
        {
            _applying.Dequeue();
            _unapplied--;
            _unappliedBytes -= waiting.Bytes;
        }
    }

    /// <summary>The highest index that a majority has on disk (Raft §5.3).</summary>
    /// <param name="ownDurableIndex">The last index on the leader's own disk.</param>
    public LogIndex MajorityMatch(LogIndex ownDurableIndex) =>
        new(ReachedByMajority(ownDurableIndex.Value, progress => progress.Match.Value));

    /// <summary>The newest heartbeat round that a majority has answered; the leader itself answers every round.</summary>
    public long MajorityRound() => ReachedByMajority(long.MaxValue, progress => progress.Round);

    /// <summary>
    /// Answers the waiting clients when the leader steps down. Pending proposals and reads had no effect. A proposal in the log
    /// may still be committed by the next leader, so its outcome is unknown. Committed commands are answered by the state
    /// machine, unless the node stops.
    /// </summary>
    /// <param name="sender">The actor in whose name the clients are answered.</param>
    /// <param name="leaving">Whether the node stops, too.</param>
    public void AnswerAll(IActorRef sender, Leaving leaving)
    {
        var replies = new ReplyBatches(sender, _settings.MaxAppendBytes);
        foreach (var (client, proposal, _) in _pending) replies.Add(client, new NotLeader(proposal.RequestId));
        foreach (var (client, query) in Reads.Queries) replies.Add(client, new NotLeader(query.RequestId));
        foreach (var waiting in _uncommitted)
        {
            replies.Add(waiting.Client, new OutcomeUnknown(
                waiting.RequestId, $"The leader of term {Term} lost its office before entry {waiting.Index} was committed."));
        }

        foreach (var waiting in leaving == Leaving.Node ? _applying : [])
        {
            replies.Add(waiting.Client, new OutcomeUnknown(
                waiting.RequestId, $"The node stopped; entry {waiting.Index} is committed, but its result is not known."));
        }

        replies.Send();
        Telemetry.Ends(_pending.Select(pending => pending.Accepted));
    }

    /// <summary>The status of each follower.</summary>
    public IReadOnlyList<FollowerStatus> FollowerStatuses(LogIndex commitIndex, TimeSpan now) =>
    [
        .. Followers.Select(f => new FollowerStatus(
            f.Key,
            IsHeard(f.Key, now),
            f.Value.Match,
            TimeSpan.FromSeconds(Math.Floor(f.Value.Observe(commitIndex, now).TotalSeconds)))),
    ];

    /// <summary>The current numbers for the gauges.</summary>
    public LeaderReading Reading(LogIndex lastIndex, LogIndex commitIndex, TimeSpan now) => new(
        _unapplied,
        Reads.Count,
        [.. Followers.Select(f => new PeerReading(
            f.Key, f.Value.Inflight, lastIndex.Value - f.Value.Match.Value, f.Value.Observe(commitIndex, now)))]);

    private static int Eagerness(LeadershipPreference preference) => preference switch
    {
        LeadershipPreference.Prefer => 1,
        LeadershipPreference.Avoid => -1,
        _ => 0,
    };

    private long ReachedByMajority(long own, Func<Progress, long> reached)
    {
        var values = new long[Followers.Count + 1];
        values[0] = own;
        var i = 1;
        foreach (var progress in Followers.Values) values[i++] = progress.Counts ? reached(progress) : 0;
        return Majority.Reached(values);
    }

    private readonly record struct PendingProposal(IActorRef Client, Proposal Proposal, AcceptedCommand Accepted);
}
