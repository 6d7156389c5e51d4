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

/// <summary>What a leader knows; it ends with its term (Raft, Figure 2: volatile state on leaders).</summary>
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
    /// <param name="lastIndex">The leader's last index at its election.</param>
    /// <param name="inheritedBytes">Bytes of the commands in its log that are not known to be committed.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="now">When it was elected.</param>
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

    /// <summary>Index of the no-op at the start of the term; once it is committed, the leader knows what is (Raft §8).</summary>
    public LogIndex FirstIndexOfTerm { get; }

    public Dictionary<NodeId, Progress> Followers { get; }

    public PendingReads Reads { get; }

    public HeartbeatRounds Rounds { get; }

    /// <summary>The snapshot that followers get which lack entries that the leader has no more.</summary>
    public OutgoingSnapshot Outgoing { get; } = new();

    /// <summary>Is told what becomes of proposals and appends.</summary>
    public required LeaderTelemetry Telemetry { get; init; }

    /// <summary>Whether a follower was asked to take over, in this term.</summary>
    public bool HasSentTimeoutNow { get; set; }

    /// <summary>What is known of a follower before it answers.</summary>
    public Progress NewProgress(LogIndex lastIndex, TimeSpan now) =>
        new(lastIndex, _settings.MaxInflightAppends, _settings.MaxInflightBytes, now);

    /// <summary>Whether a member may be readmitted again after so long.</summary>
    public bool MayReadmit(NodeId member, TimeSpan now, TimeSpan pause)
    {
        if (_readmittedAt.TryGetValue(member, out var at) && now - at < pause) return false;
        _readmittedAt[member] = now;
        return true;
    }

    /// <summary>Whether a follower answered within an election timeout.</summary>
    public bool IsHeard(NodeId follower, TimeSpan now) => now - Followers[follower].HeardAt <= _settings.ElectionTimeoutMax;

    /// <summary>A follower that is silent is not waited for; the snapshot is dropped when nobody needs it.</summary>
    public void GiveUpSnapshots(TimeSpan now)
    {
        foreach (var (id, progress) in Followers)
        {
            if (progress.Mode == ReplicationMode.Snapshot && !IsHeard(id, now)) progress.GiveUpSnapshot();
        }

        if (Followers.Values.All(progress => progress.Mode != ReplicationMode.Snapshot)) Outgoing.Snapshot = null;
    }

    /// <summary>
    /// Who takes over best: of the followers that are heard, one that has all that is committed, and of those the one that wants
    /// to lead most, with the longest log.
    /// </summary>
    /// <returns>Null where none is heard.</returns>
    public NodeId? BestSuccessor(LogIndex commitIndex, TimeSpan now)
    {
        var heard = Followers.Where(f => IsHeard(f.Key, now) && f.Value.Counts).ToArray();
        return heard.Length == 0
            ? null
            : heard.MaxBy(f => (f.Value.Match >= commitIndex, Eagerness(f.Value.Preference), f.Value.Match)).Key;
    }

    /// <summary>A follower that wants to lead more than the leader does, and that has all that is committed.</summary>
    public NodeId? PreferredSuccessor(LeadershipPreference own, LogIndex commitIndex, TimeSpan now) =>
        BestSuccessor(commitIndex, now) is { } best && Followers[best] is var progress
        && Eagerness(progress.Preference) > Eagerness(own) && progress.Match >= commitIndex
            ? best
            : null;

    /// <summary>The time that the leader's entries get.</summary>
    public LogClock Clock { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>
    /// Takes a proposal to be appended with the next batch.
    /// </summary>
    /// <returns>False where a limit is reached: the client is to be told so.</returns>
    public bool TryEnqueue(Proposal proposal, IActorRef client)
    {
        if (_unapplied >= _settings.MaxPendingProposals
            || _inheritedBytes + _unappliedBytes + proposal.Command.Length > _settings.MaxPendingBytes)
            return false;

        _unapplied++;
        _unappliedBytes += proposal.Command.Length;
        _pending.Enqueue(new PendingProposal(client, proposal, Telemetry.Taken(proposal)));
        return true;
    }

    /// <summary>Proposals that no entry was made of yet.</summary>
    public int PendingProposals => _pending.Count;

    /// <summary>
    /// Makes entries of all gathered proposals; their clients wait from now on. Keys are bounded by the limits that an opened
    /// session has in the log: where nobody opened one in this term before the first key, the leader does, and nobody uses it.
    /// </summary>
    /// <param name="lastIndex">The log's last index.</param>
    /// <param name="time">The log time.</param>
    public IReadOnlyList<LogEntry> DrainBatch(LogIndex lastIndex, TimeSpan time)
    {
        var entries = new List<LogEntry>(_pending.Count + 1);
        LogEntry Add(EntryKind kind, ReadOnlyMemory<byte> command, CommandOrigin? origin)
        {
            entries.Add(new LogEntry(lastIndex + entries.Count + 1, Term, kind, command) { Time = time, Origin = origin });
            return entries[^1];
        }

        while (_pending.TryDequeue(out var gathered))
        {
            var (client, proposal, taken) = gathered;
            var opens = proposal.Kind == EntryKind.OpenSession;
            if (proposal.Origin is KeyedCommand && !_areLimitsInLog) Add(EntryKind.OpenSession, _sessionLimits, origin: null);
            _areLimitsInLog |= opens || proposal.Origin is KeyedCommand;
            var entry = Add(proposal.Kind, opens ? _sessionLimits : proposal.Command, proposal.Origin);
            var waiting = new WaitingClient(entry.Index, client, proposal.RequestId, proposal.Command.Length);
            _uncommitted.Enqueue(waiting with { Taken = taken });
            Telemetry.Appended(taken, waiting.Index, Term);
        }

        return entries;
    }

    /// <summary>Clients whose commands are committed now; the state machine answers them.</summary>
    public IReadOnlyList<WaitingClient> DrainCommitted(LogIndex commitIndex)
    {
        if (commitIndex >= FirstIndexOfTerm) _inheritedBytes = 0;
        var committed = new List<WaitingClient>();
        while (_uncommitted.TryPeek(out var waiting) && waiting.Index <= commitIndex)
        {
            committed.Add(_uncommitted.Dequeue());
            Telemetry.Committed(waiting.Taken, waiting.Index);
            _applying.Enqueue(waiting);
        }

        return committed;
    }

    /// <summary>Makes room for new proposals: everything up to <paramref name="lastApplied"/> is applied.</summary>
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
    /// <param name="ownDurableIndex">What the leader has on its own disk.</param>
    public LogIndex MajorityMatch(LogIndex ownDurableIndex) =>
        new(ReachedByMajority(ownDurableIndex.Value, progress => progress.Match.Value));

    /// <summary>The newest read round that a majority answered; the leader itself answers every round.</summary>
    public long MajorityRound() => ReachedByMajority(long.MaxValue, progress => progress.Round);

    /// <summary>
    /// Ends the leadership. Nothing was done for proposals that are in no log yet and for reads; what is in a log may be
    /// committed by the next leader or be lost. What is committed is answered by the state machine, unless it ends too.
    /// </summary>
    /// <param name="sender">Who answers.</param>
    /// <param name="leaving">What ends.</param>
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
        Telemetry.Ends(_pending.Select(gathered => gathered.Taken));
    }

    /// <summary>The followers as they are known at this moment.</summary>
    public IReadOnlyList<FollowerStatus> FollowerStatuses(LogIndex commitIndex, TimeSpan now) =>
    [
        .. Followers.Select(f => new FollowerStatus(
            f.Key,
            IsHeard(f.Key, now),
            f.Value.Match,
            TimeSpan.FromSeconds(Math.Floor(f.Value.Observe(commitIndex, now).TotalSeconds)))),
    ];

    /// <summary>What waits at this moment.</summary>
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

    private readonly record struct PendingProposal(IActorRef Client, Proposal Proposal, Taken Taken);
}
