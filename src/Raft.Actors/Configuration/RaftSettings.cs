using Akka.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Configuration;

/// <summary>
/// The checked settings of one node; <c>reference.conf</c> documents each key. Making one with a value that contradicts
/// another throws, so that a node never starts on a bad configuration.
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
        Group = read.Parsed("raft.group", GroupId.Parse);
        NodeId = read.Parsed("raft.node-id", NodeId.Parse);
        Members = read.Members("raft.members");
        BootstrapExpect = read.Natural("raft.bootstrap-expect");
        ElectionTimeoutMin = read.Duration("raft.election-timeout-min");
        ElectionTimeoutMax = read.Duration("raft.election-timeout-max");
        HeartbeatInterval = read.Duration("raft.heartbeat-interval");
        IsPreVoteOn = read.Flag("raft.pre-vote");
        IsCheckQuorumOn = read.Flag("raft.check-quorum");
        AreLeaseReadsOn = read.Flag("raft.lease-reads");
        MaxClockDrift = read.Fraction("raft.max-clock-drift", DriftLimit);
        LeadershipPreference = read.OneOf<LeadershipPreference>("raft.leadership-preference");
        IsTransferAtShutdownOn = read.Flag("raft.transfer-at-shutdown");
        SessionTimeout = read.Duration("raft.session-timeout");
        MaxSessions = read.Count("raft.max-sessions");
        MaxSessionReplies = read.Count("raft.max-session-replies");
        MaxPendingProposals = read.Count("raft.max-pending-proposals");
        MaxPendingBytes = read.Bytes("raft.max-pending-bytes");
        MaxPendingReads = read.Count("raft.max-pending-reads");
        MaxCommandBytes = read.Bytes("raft.max-command-bytes");
        MaxAppendEntries = read.Count("raft.max-append-entries");
        MaxAppendBytes = read.Bytes("raft.max-append-bytes");
        MaxInflightAppends = read.Count("raft.max-inflight-appends");
        MaxInflightBytes = read.Bytes("raft.max-inflight-bytes");
        SnapshotAfterBytes = read.Bytes("raft.snapshot-after-bytes", min: 0);
        SnapshotKeepEntries = read.Natural("raft.snapshot-keep-entries");
        SnapshotKeepBytes = read.Bytes("raft.snapshot-keep-bytes");
        SnapshotChunkBytes = Math.Min(read.Bytes("raft.snapshot-chunk-bytes"), MaxAppendBytes);
        SnapshotRetryPause = read.Duration("raft.snapshot-retry-pause");
        JournalTimeout = read.Duration("raft.journal-timeout");
        RestartBackoffMin = read.Duration("raft.restart-backoff-min");
        RestartBackoffMax = read.Duration("raft.restart-backoff-max");
        SilentLinkTimeout = read.Duration("raft.silent-link-timeout");
        Client = new ClientSettings(read);
        var retention = read.Duration("raft.idempotency-retention");
        IdempotencyRetention = retention > Client.RequestTimeout ? retention : Client.RequestTimeout;
        ConfiguredClusterId = read.Text("raft.cluster-id") is { Length: > 0 }
            ? read.Parsed("raft.cluster-id", ClusterId.Parse)
            : null;
        IsVolatile = read.Flag("raft.volatile");
        Check(read.Bytes("akka.remote.dot-netty.tcp.maximum-frame-size"));
    }

    /// <summary>The Raft group.</summary>
    public GroupId Group { get; }

    /// <summary>This node.</summary>
    public NodeId NodeId { get; }

    /// <summary>All voting members, this node included; none where the cluster is founded by <see cref="BootstrapExpect"/>.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>How many nodes without a cluster found one together; 0 where <see cref="Members"/> are fixed.</summary>
    public int BootstrapExpect { get; }

    /// <summary>The configured cluster id; null where the nodes draw it when they found the cluster.</summary>
    public ClusterId? ConfiguredClusterId { get; }

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

    /// <summary>Shortest time without a leader after which a follower becomes a candidate (Raft §5.2).</summary>
    public TimeSpan ElectionTimeoutMin { get; }

    /// <summary>Longest such time.</summary>
    public TimeSpan ElectionTimeoutMax { get; }

    /// <summary>Time between two heartbeats of a leader.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>Whether a node asks before it campaigns, and refuses to elect while it hears a leader (dissertation §9.6).</summary>
    public bool IsPreVoteOn { get; }

    /// <summary>Whether a leader without a majority or without a working disk steps down (dissertation §6.2).</summary>
    public bool IsCheckQuorumOn { get; }

    /// <summary>Whether a leader may answer from its lease (dissertation §6.4.1).</summary>
    public bool AreLeaseReadsOn { get; }

    /// <summary>By how much a second of a node's clock may differ from a true one, as a fraction.</summary>
    public double MaxClockDrift { get; }

    /// <summary>
    /// How long after a majority was sent what it answered nobody else can have been elected, on the leader's clock: the voters
    /// wait for <see cref="ElectionTimeoutMin"/> on theirs, which may be faster.
    /// </summary>
    public TimeSpan Lease => ElectionTimeoutMin * ((1 - MaxClockDrift) / (1 + MaxClockDrift));

    /// <summary>Whether this node wants to lead.</summary>
    public LeadershipPreference LeadershipPreference { get; }

    /// <summary>Whether a leader hands over before its ActorSystem shuts down.</summary>
    public bool IsTransferAtShutdownOn { get; }

    /// <summary>How long a session may be unused before it expires, in log time.</summary>
    public TimeSpan SessionTimeout { get; }

    /// <summary>How long an idempotency key is kept at the least, in log time: no shorter than the client's request timeout.</summary>
    public TimeSpan IdempotencyRetention { get; }

    /// <summary>Sessions, and idempotency keys, that the group remembers, at the most.</summary>
    public int MaxSessions { get; }

    /// <summary>Replies that a session keeps, at the most.</summary>
    public int MaxSessionReplies { get; }

    /// <summary>Commands accepted and not yet applied, at the most.</summary>
    public int MaxPendingProposals { get; }

    /// <summary>Bytes of those commands, at the most.</summary>
    public int MaxPendingBytes { get; }

    /// <summary>Questions that wait, at the most.</summary>
    public int MaxPendingReads { get; }

    /// <summary>Bytes of one command, at the most.</summary>
    public int MaxCommandBytes { get; }

    /// <summary>Entries in one append, at the most.</summary>
    public int MaxAppendEntries { get; }

    /// <summary>Encoded bytes of one append, at the most.</summary>
    public int MaxAppendBytes { get; }

    /// <summary>Appends on their way to one follower, at the most.</summary>
    public int MaxInflightAppends { get; }

    /// <summary>Encoded bytes of those appends, at the most.</summary>
    public int MaxInflightBytes { get; }

    /// <summary>Encoded bytes of committed entries after which a node takes a snapshot by itself; 0 where it never does.</summary>
    public int SnapshotAfterBytes { get; }

    /// <summary>Entries that a snapshot replaces and that are kept all the same, for followers that lack them.</summary>
    public int SnapshotKeepEntries { get; }

    /// <summary>Encoded bytes of those, at the most.</summary>
    public int SnapshotKeepBytes { get; }

    /// <summary>Bytes of a snapshot in one event and one message, at the most; no more than <see cref="MaxAppendBytes"/>.</summary>
    public int SnapshotChunkBytes { get; }

    /// <summary>How long a state machine that could not write a snapshot is not asked for another.</summary>
    public TimeSpan SnapshotRetryPause { get; }

    /// <summary>Longest time that a journal write may take.</summary>
    public TimeSpan JournalTimeout { get; }

    /// <summary>First pause before a stopped node is started again.</summary>
    public TimeSpan RestartBackoffMin { get; }

    /// <summary>Longest such pause.</summary>
    public TimeSpan RestartBackoffMax { get; }

    /// <summary>After how long a connection is renewed that is open and over which nothing gets through.</summary>
    public TimeSpan SilentLinkTimeout { get; }

    /// <summary>Whether a journal in memory is allowed.</summary>
    public bool IsVolatile { get; }

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
