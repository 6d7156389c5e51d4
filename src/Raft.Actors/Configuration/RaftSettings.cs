using Akka.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Configuration;

/// <summary>
/// The checked settings of one node; <c>reference.conf</c> documents each key. The constructor throws if a value is wrong or
/// contradicts another one, so that a node never starts on a bad configuration. <see cref="RaftOptions"/> is generated from its
/// properties.
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
    /// All voting members as <c>n1=host:port</c>, including this node: 1 to 9; either this or <see cref="BootstrapExpect"/>. The
    /// address is that of the member's Akka.Remote.
    /// </summary>
    [Members("raft.members")]
    public IReadOnlyList<RaftMember> Members { get; private init; } = [];

    /// <summary>
    /// Instead of members: the number of nodes, 1 to 9, that find each other through Akka.Cluster and bootstrap a cluster
    /// together. The same on all nodes, and more than half of all nodes that may start. 0 turns it off.
    /// </summary>
    [Count("raft.bootstrap-expect", Min = 0)]
    public int BootstrapExpect { get; private init; }

    /// <summary>
    /// The permanent name of the cluster: 1 to 64 letters, digits, dots, dashes and underscores. If it is not set, the members
    /// generate one when they bootstrap the cluster.
    /// </summary>
    [ClusterName("raft.cluster-id")]
    public ClusterId? ConfiguredClusterId { get; private init; }

    /// <summary>
    /// Why the node's journal may lack something that the node promised, as a clause; null if nothing is known to be missing. The
    /// host finds that out before the node starts. The node then votes again only after an entry of the log readmits it
    /// (docs/decisions/020).
    /// </summary>
    public string? JournalLoss { get => _journalLoss; init => _journalLoss = value; }

    /// <summary>Returns the same settings for a node whose journal lost something.</summary>
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

    /// <summary>Longest time without a leader before an election; above <see cref="ElectionTimeoutMin"/>.</summary>
    [Duration("raft.election-timeout-max")]
    public TimeSpan ElectionTimeoutMax { get; private init; }

    /// <summary>Interval between two heartbeats of a leader; well above a network round trip.</summary>
    [Duration("raft.heartbeat-interval")]
    public TimeSpan HeartbeatInterval { get; private init; }

    /// <summary>
    /// Whether a node asks the others before it campaigns, and refuses to elect another leader while it hears one (dissertation
    /// §9.6). The same on all nodes.
    /// </summary>
    [Flag("raft.pre-vote")]
    public bool IsPreVoteOn { get; private init; }

    /// <summary>
    /// Whether a leader without a majority or without a working disk steps down (dissertation §6.2). The same on all nodes.
    /// </summary>
    [Flag("raft.check-quorum")]
    public bool IsCheckQuorumOn { get; private init; }

    /// <summary>
    /// Whether a leader may answer queries from its lease, which trusts clocks (dissertation §6.4.1); needs
    /// <see cref="IsPreVoteOn"/> and <see cref="IsCheckQuorumOn"/> on all nodes.
    /// </summary>
    [Flag("raft.lease-reads")]
    public bool AreLeaseReadsOn { get; private init; }

    /// <summary>
    /// Maximum deviation of a node's clock, as a fraction of elapsed time: 0 to below 0.5. The same on all nodes.
    /// </summary>
    [Fraction("raft.max-clock-drift", DriftLimit)]
    public double MaxClockDrift { get; private init; }

    /// <summary>
    /// How long after a round of heartbeats that a majority answered no other leader can have been elected, on the leader's
    /// clock: the voters wait for <see cref="ElectionTimeoutMin"/> on theirs, which may be faster (dissertation §6.4.1).
    /// </summary>
    internal TimeSpan Lease => ElectionTimeoutMin * ((1 - MaxClockDrift) / (1 + MaxClockDrift));

    /// <summary>Whether this node wants to lead.</summary>
    [Choice<LeadershipPreference>("raft.leadership-preference")]
    public LeadershipPreference LeadershipPreference { get; private init; }

    /// <summary>Whether a leader transfers the leadership when its host stops (dissertation §3.10).</summary>
    [Flag("raft.transfer-at-shutdown")]
    public bool IsTransferAtShutdownOn { get; private init; }

    /// <summary>How long the group remembers an unused session or idempotency key, in log time (dissertation §6.3).</summary>
    [Duration("raft.session-timeout")]
    public TimeSpan SessionTimeout { get; private init; }

    /// <summary>
    /// How long the group remembers an idempotency key at least, in log time; a value below the client's request timeout is
    /// raised to it.
    /// </summary>
    [Duration("raft.idempotency-retention")]
    public TimeSpan IdempotencyRetention { get; private init; }

    /// <summary>Maximum number of sessions that the group remembers, and also of idempotency keys; at least 1.</summary>
    [Count("raft.max-sessions")]
    public int MaxSessions { get; private init; }

    /// <summary>Maximum number of replies that the group keeps for one session; at least 1.</summary>
    [Count("raft.max-session-replies")]
    public int MaxSessionReplies { get; private init; }

    /// <summary>Maximum number of commands that a leader has accepted and not yet applied; at least 1.</summary>
    [Count("raft.max-pending-proposals")]
    public int MaxPendingProposals { get; private init; }

    /// <summary>Maximum number of bytes of those commands; at least <see cref="MaxCommandBytes"/>.</summary>
    [Bytes("raft.max-pending-bytes")]
    public int MaxPendingBytes { get; private init; }

    /// <summary>Maximum number of queries that wait for an answer; at least 1.</summary>
    [Count("raft.max-pending-reads")]
    public int MaxPendingReads { get; private init; }

    /// <summary>Maximum size of a command in bytes; at least 4 KiB below <see cref="MaxAppendBytes"/>.</summary>
    [Bytes("raft.max-command-bytes")]
    public int MaxCommandBytes { get; private init; }

    /// <summary>Maximum number of entries in one append and in one journal event; at least 1.</summary>
    [Count("raft.max-append-entries")]
    public int MaxAppendEntries { get; private init; }

    /// <summary>Maximum encoded size of one append in bytes; at least 16 KiB below Akka.Remote's largest frame.</summary>
    [Bytes("raft.max-append-bytes")]
    public int MaxAppendBytes { get; private init; }

    /// <summary>Maximum number of unacknowledged appends to one follower; at least 1.</summary>
    [Count("raft.max-inflight-appends")]
    public int MaxInflightAppends { get; private init; }

    /// <summary>Maximum encoded size of those appends in bytes; at least <see cref="MaxAppendBytes"/>.</summary>
    [Bytes("raft.max-inflight-bytes")]
    public int MaxInflightBytes { get; private init; }

    /// <summary>
    /// Encoded bytes of committed entries after which a node takes a snapshot by itself; with 0 it takes one only on request.
    /// </summary>
    [Bytes("raft.snapshot-after-bytes", Min = 0)]
    public int SnapshotAfterBytes { get; private init; }

    /// <summary>Number of entries that are kept although a snapshot replaces them, for followers that lack them.</summary>
    [Count("raft.snapshot-keep-entries", Min = 0)]
    public int SnapshotKeepEntries { get; private init; }

    /// <summary>Maximum encoded size of those entries in bytes.</summary>
    [Bytes("raft.snapshot-keep-bytes")]
    public int SnapshotKeepBytes { get; private init; }

    /// <summary>
    /// Maximum bytes of a snapshot in one journal event and in one message to a follower; a value above
    /// <see cref="MaxAppendBytes"/> is lowered to it.
    /// </summary>
    [Bytes("raft.snapshot-chunk-bytes")]
    public int SnapshotChunkBytes { get; private init; }

    /// <summary>Time to wait before the next snapshot after a state machine failed to write one.</summary>
    [Duration("raft.snapshot-retry-pause")]
    public TimeSpan SnapshotRetryPause { get; private init; }

    /// <summary>Maximum duration of a journal write; above that of the journal's circuit breaker.</summary>
    [Duration("raft.journal-timeout")]
    public TimeSpan JournalTimeout { get; private init; }

    /// <summary>First pause before a node is restarted that stopped because its journal failed.</summary>
    [Duration("raft.restart-backoff-min")]
    public TimeSpan RestartBackoffMin { get; private init; }

    /// <summary>Longest pause before such a restart; at least <see cref="RestartBackoffMin"/>.</summary>
    [Duration("raft.restart-backoff-max")]
    public TimeSpan RestartBackoffMax { get; private init; }

    /// <summary>Time after which an open connection is renewed over which nothing arrives.</summary>
    [Duration("raft.silent-link-timeout")]
    public TimeSpan SilentLinkTimeout { get; private init; }

    /// <summary>Whether a journal in memory is allowed, for experiments.</summary>
    [Flag("raft.allow-in-memory-journal")]
    public bool AllowsInMemoryJournal { get; private init; }

    /// <summary>The settings of the group's clients.</summary>
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
