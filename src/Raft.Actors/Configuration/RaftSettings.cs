using Akka.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Configuration;

/// <summary>
/// The checked settings of one node; <c>reference.conf</c> documents each key. Making one with a value that contradicts
/// another throws, so that a node never starts on a bad configuration. <see cref="RaftOptions"/> is written from its properties.
/// </summary>
public sealed class RaftSettings
{
    private const int FrameOverhead = 16 * 1024;
    private const int EntryOverhead = 4 * 1024;
    private const int MaxMembers = 9;
    private const double DriftLimit = 0.5;
    private string? _journalLoss;

    /// <summary>Reads and checks the <c>raft</c> section.</summary>
    /// <param name="config">The configuration of the ActorSystem, with <see cref="RaftConfig.Reference"/> below it.</param>
    /// <exception cref="RaftConfigurationException">A value is wrong; the message names the key.</exception>
    public RaftSettings(Config config)
    {
        var read = new SettingsReader(config);
        foreach (var setting in Setting.OfNode) setting.Read(read, this);
        Client = new ClientSettings(read);
        SnapshotChunkBytes = Math.Min(SnapshotChunkBytes, MaxAppendBytes);
        IdempotencyRetention = IdempotencyRetention > Client.RequestTimeout ? IdempotencyRetention : Client.RequestTimeout;
        Check(read.Bytes("akka.remote.dot-netty.tcp.maximum-frame-size", min: 1));
    }

    /// <summary>The Raft group.</summary>
    [GroupName("raft.group")]
    public GroupId Group { get; private init; }

    /// <summary>This node's stable name: 1 to 64 letters, digits, dots, dashes and underscores.</summary>
    [NodeName("raft.node-id")]
    public NodeId NodeId { get; private init; }

    /// <summary>
    /// All voting members as <c>n1=host:port</c>, this node included: 1 to 9; either this or <see cref="BootstrapExpect"/>. The
    /// address is where a member's Akka.Remote listens.
    /// </summary>
    [Members("raft.members")]
    public IReadOnlyList<RaftMember> Members { get; private init; } = [];

    /// <summary>
    /// Instead of members: so many nodes without a cluster, 1 to 9, find each other through Akka.Cluster and found one together.
    /// The same on all nodes, and more than half of all that may be started. 0 is off.
    /// </summary>
    [Count("raft.bootstrap-expect", Min = 0)]
    public int BootstrapExpect { get; private init; }

    /// <summary>
    /// Names the cluster for ever, as a node is named. Without it the members draw the cluster's id when they found the cluster.
    /// </summary>
    [ClusterName("raft.cluster-id")]
    public ClusterId? ConfiguredClusterId { get; private init; }

    /// <summary>
    /// Why the node's journal can't be trusted to have everything that the node promised, as a clause; null where nothing is known
    /// to be missing. The host finds that out, before the node starts. The node then takes part only when an entry of the log
    /// readmits it (docs/decisions/020).
    /// </summary>
    public string? JournalLoss { get => _journalLoss; init => _journalLoss = value; }

    /// <summary>The same settings for a node whose journal lost something.</summary>
    /// <param name="journalLoss">What was found; see <see cref="JournalLoss"/>.</param>
    internal RaftSettings With(string journalLoss)
    {
        var copy = (RaftSettings)MemberwiseClone();
        copy._journalLoss = journalLoss;
        return copy;
    }

    /// <summary>
    /// Shortest time without a leader before an election (Raft §5.2); at least twice <see cref="HeartbeatInterval"/>.
    /// </summary>
    [Duration("raft.election-timeout-min")]
    public TimeSpan ElectionTimeoutMin { get; private init; }

    /// <summary>Longest such time; above <see cref="ElectionTimeoutMin"/>.</summary>
    [Duration("raft.election-timeout-max")]
    public TimeSpan ElectionTimeoutMax { get; private init; }

    /// <summary>How often a leader tells that it is there; well above a network round trip.</summary>
    [Duration("raft.heartbeat-interval")]
    public TimeSpan HeartbeatInterval { get; private init; }

    /// <summary>
    /// Whether a node asks before it campaigns, and refuses to elect while it hears a leader (dissertation §9.6). The same on all
    /// nodes.
    /// </summary>
    [Flag("raft.pre-vote")]
    public bool IsPreVoteOn { get; private init; }

    /// <summary>Whether a leader without a majority or without a working disk steps down (dissertation §6.2).</summary>
    [Flag("raft.check-quorum")]
    public bool IsCheckQuorumOn { get; private init; }

    /// <summary>
    /// Whether a leader may answer from its lease, which trusts clocks (dissertation §6.4.1); needs <see cref="IsPreVoteOn"/> and
    /// <see cref="IsCheckQuorumOn"/> on all nodes.
    /// </summary>
    [Flag("raft.lease-reads")]
    public bool AreLeaseReadsOn { get; private init; }

    /// <summary>By how much a second of a node's clock may differ from a true one: 0 to below 0.5.</summary>
    [Fraction("raft.max-clock-drift", DriftLimit)]
    public double MaxClockDrift { get; private init; }

    /// <summary>
    /// How long after a majority was sent what it answered nobody else can have been elected, on the leader's clock: the voters
    /// wait for <see cref="ElectionTimeoutMin"/> on theirs, which may be faster.
    /// </summary>
    public TimeSpan Lease => ElectionTimeoutMin * ((1 - MaxClockDrift) / (1 + MaxClockDrift));

    /// <summary>Whether this node wants to lead.</summary>
    [Choice<LeadershipPreference>("raft.leadership-preference")]
    public LeadershipPreference LeadershipPreference { get; private init; }

    /// <summary>Whether a leader hands over when its host stops (dissertation §3.10).</summary>
    [Flag("raft.transfer-at-shutdown")]
    public bool IsTransferAtShutdownOn { get; private init; }

    /// <summary>How long an unused session or idempotency key is kept, in log time.</summary>
    [Duration("raft.session-timeout")]
    public TimeSpan SessionTimeout { get; private init; }

    /// <summary>
    /// How long an idempotency key is kept at the least, in log time; where it is below the client's request timeout, that holds.
    /// </summary>
    [Duration("raft.idempotency-retention")]
    public TimeSpan IdempotencyRetention { get; private init; }

    /// <summary>Sessions that the group keeps, and as many idempotency keys; at least 1.</summary>
    [Count("raft.max-sessions")]
    public int MaxSessions { get; private init; }

    /// <summary>Replies that one session keeps; at least 1.</summary>
    [Count("raft.max-session-replies")]
    public int MaxSessionReplies { get; private init; }

    /// <summary>Commands that a leader accepted and has not applied yet; at least 1.</summary>
    [Count("raft.max-pending-proposals")]
    public int MaxPendingProposals { get; private init; }

    /// <summary>Bytes of those commands; at least <see cref="MaxCommandBytes"/>.</summary>
    [Bytes("raft.max-pending-bytes")]
    public int MaxPendingBytes { get; private init; }

    /// <summary>Queries that wait; at least 1.</summary>
    [Count("raft.max-pending-reads")]
    public int MaxPendingReads { get; private init; }

    /// <summary>Bytes of one command; at least 4 KiB below <see cref="MaxAppendBytes"/>.</summary>
    [Bytes("raft.max-command-bytes")]
    public int MaxCommandBytes { get; private init; }

    /// <summary>Entries in one append and one journal event; at least 1.</summary>
    [Count("raft.max-append-entries")]
    public int MaxAppendEntries { get; private init; }

    /// <summary>Encoded bytes of one append; at least 16 KiB below Akka.Remote's largest frame.</summary>
    [Bytes("raft.max-append-bytes")]
    public int MaxAppendBytes { get; private init; }

    /// <summary>Appends on their way to one follower; at least 1.</summary>
    [Count("raft.max-inflight-appends")]
    public int MaxInflightAppends { get; private init; }

    /// <summary>Encoded bytes of those appends; at least <see cref="MaxAppendBytes"/>.</summary>
    [Bytes("raft.max-inflight-bytes")]
    public int MaxInflightBytes { get; private init; }

    /// <summary>
    /// Encoded bytes of committed entries after which a node takes a snapshot by itself; 0 takes one only when asked to.
    /// </summary>
    [Bytes("raft.snapshot-after-bytes", Min = 0)]
    public int SnapshotAfterBytes { get; private init; }

    /// <summary>Entries that a snapshot replaces and that are kept all the same, for followers that lack them.</summary>
    [Count("raft.snapshot-keep-entries", Min = 0)]
    public int SnapshotKeepEntries { get; private init; }

    /// <summary>Encoded bytes of those entries, at the most.</summary>
    [Bytes("raft.snapshot-keep-bytes")]
    public int SnapshotKeepBytes { get; private init; }

    /// <summary>
    /// Bytes of a snapshot in one journal event and in one message to a follower, at the most; where it is above
    /// <see cref="MaxAppendBytes"/>, that holds.
    /// </summary>
    [Bytes("raft.snapshot-chunk-bytes")]
    public int SnapshotChunkBytes { get; private init; }

    /// <summary>How long a state machine that could not write a snapshot is not asked for another.</summary>
    [Duration("raft.snapshot-retry-pause")]
    public TimeSpan SnapshotRetryPause { get; private init; }

    /// <summary>Longest time that a journal write may take; above the journal's circuit breaker's.</summary>
    [Duration("raft.journal-timeout")]
    public TimeSpan JournalTimeout { get; private init; }

    /// <summary>First pause before a node that stopped is started again.</summary>
    [Duration("raft.restart-backoff-min")]
    public TimeSpan RestartBackoffMin { get; private init; }

    /// <summary>Longest such pause; at least <see cref="RestartBackoffMin"/>.</summary>
    [Duration("raft.restart-backoff-max")]
    public TimeSpan RestartBackoffMax { get; private init; }

    /// <summary>After how long a connection is renewed that is open and over which nothing gets through.</summary>
    [Duration("raft.silent-link-timeout")]
    public TimeSpan SilentLinkTimeout { get; private init; }

    /// <summary>Whether a journal in memory is allowed, to try things out.</summary>
    [Flag("raft.allow-in-memory-journal")]
    public bool AllowsInMemoryJournal { get; private init; }

    /// <summary>Settings of <c>RaftClient</c>.</summary>
    public ClientSettings Client { get; }

    private void Check(int frameSize)
    {
        Require(
            Members.Count > 0 || BootstrapExpect > 0,
            "raft.members is empty: name every member as NAME=HOST:PORT, or set raft.bootstrap-expect.");
        Require(
            Members.Count == 0 || BootstrapExpect == 0,
            "raft.members and raft.bootstrap-expect are both set: members are either named or found, so remove one of the two.");
        Require(
            BootstrapExpect <= MaxMembers, $"raft.bootstrap-expect is {BootstrapExpect}; at most {MaxMembers} are allowed.");
        Require(
            BootstrapExpect == 0 || ConfiguredClusterId is null,
            "raft.cluster-id can't be set with raft.bootstrap-expect: the nodes draw it.");
        Require(
            BootstrapExpect > 0 || Members.Any(m => m.Id == NodeId),
            $"raft.members does not name this node, {NodeId}: it has {string.Join(", ", Members)}.");
        Require(Members.Count <= MaxMembers, $"raft.members has {Members.Count} members; at most {MaxMembers} are allowed.");
        Require(
            ElectionTimeoutMin >= 2 * HeartbeatInterval,
            $"raft.election-timeout-min ({Show(ElectionTimeoutMin)}) must be at least twice raft.heartbeat-interval "
            + $"({Show(HeartbeatInterval)}).");
        Require(
            ElectionTimeoutMax > ElectionTimeoutMin,
            $"raft.election-timeout-max ({Show(ElectionTimeoutMax)}) must be above raft.election-timeout-min "
            + $"({Show(ElectionTimeoutMin)}).");
        Require(
            Math.Max(MaxAppendBytes, Client.MaxBatchBytes) <= frameSize - FrameOverhead,
            $"raft.max-append-bytes ({MaxAppendBytes}) and raft.client.max-batch-bytes ({Client.MaxBatchBytes}) must be "
            + $"at least {FrameOverhead} below akka.remote.dot-netty.tcp.maximum-frame-size ({frameSize}).");
        Require(
            MaxCommandBytes <= Math.Min(MaxAppendBytes, Client.MaxBatchBytes) - EntryOverhead,
            $"raft.max-command-bytes ({MaxCommandBytes}) must be at least {EntryOverhead} below raft.max-append-bytes "
            + $"({MaxAppendBytes}) and raft.client.max-batch-bytes ({Client.MaxBatchBytes}).");
        Require(
            MaxPendingBytes >= MaxCommandBytes,
            $"raft.max-pending-bytes ({MaxPendingBytes}) must be at least raft.max-command-bytes ({MaxCommandBytes}).");
        Require(
            MaxInflightBytes >= MaxAppendBytes,
            $"raft.max-inflight-bytes ({MaxInflightBytes}) must be at least raft.max-append-bytes ({MaxAppendBytes}).");
        Require(
            !AreLeaseReadsOn || (IsPreVoteOn && IsCheckQuorumOn),
            "raft.lease-reads is on, and needs raft.pre-vote and raft.check-quorum to be on too.");
        Require(
            RestartBackoffMax >= RestartBackoffMin,
            $"raft.restart-backoff-max ({Show(RestartBackoffMax)}) must not be below raft.restart-backoff-min "
            + $"({Show(RestartBackoffMin)}).");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new RaftConfigurationException(message);
    }

    private static string Show(TimeSpan time) => $"{time.TotalMilliseconds} ms";
}
