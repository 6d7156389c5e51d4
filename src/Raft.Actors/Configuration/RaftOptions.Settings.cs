// Written by ./dev settings, from RaftSettings, ClientSettings and reference.conf: change those.
namespace Raft.Actors.Configuration;

public sealed partial class RaftOptions
{
    /// <summary>This node's stable name: 1 to 64 letters, digits, dots, dashes and underscores. No default.</summary>
    public string? NodeId { get; set; }

    /// <summary>
    /// All voting members as <c>n1=host:port</c>, this node included: 1 to 9; either this or <see cref="BootstrapExpect"/>. The
    /// address is where a member's Akka.Remote listens. No default.
    /// </summary>
    public string[]? Members { get; set; }

    /// <summary>
    /// Instead of members: so many nodes without a cluster, 1 to 9, find each other through Akka.Cluster and found one together.
    /// The same on all nodes, and more than half of all that may be started. 0 is off. Default 0.
    /// </summary>
    public int? BootstrapExpect { get; set; }

    /// <summary>
    /// Names the cluster for ever, as a node is named. Without it the members draw the cluster's id when they found the cluster.
    /// No default.
    /// </summary>
    public string? ClusterId { get; set; }

    /// <summary>
    /// Shortest time without a leader before an election (Raft §5.2); at least twice <see cref="HeartbeatInterval"/>. Default 500
    /// ms.
    /// </summary>
    public TimeSpan? ElectionTimeoutMin { get; set; }

    /// <summary>Longest such time; above <see cref="ElectionTimeoutMin"/>. Default 1 s.</summary>
    public TimeSpan? ElectionTimeoutMax { get; set; }

    /// <summary>How often a leader tells that it is there; well above a network round trip. Default 100 ms.</summary>
    public TimeSpan? HeartbeatInterval { get; set; }

    /// <summary>
    /// Whether a node asks before it campaigns, and refuses to elect while it hears a leader (dissertation §9.6). The same on all
    /// nodes. Default on.
    /// </summary>
    public bool? PreVote { get; set; }

    /// <summary>
    /// Whether a leader without a majority or without a working disk steps down (dissertation §6.2). Default on.
    /// </summary>
    public bool? CheckQuorum { get; set; }

    /// <summary>
    /// Whether a leader may answer from its lease, which trusts clocks (dissertation §6.4.1); needs <see cref="PreVote"/> and
    /// <see cref="CheckQuorum"/> on all nodes. Default off.
    /// </summary>
    public bool? LeaseReads { get; set; }

    /// <summary>By how much a second of a node's clock may differ from a true one: 0 to below 0.5. Default 0.02.</summary>
    public double? MaxClockDrift { get; set; }

    /// <summary>Whether this node wants to lead. Default <see cref="Protocol.LeadershipPreference.Neutral"/>.</summary>
    public Protocol.LeadershipPreference? LeadershipPreference { get; set; }

    /// <summary>Whether a leader hands over when its host stops (dissertation §3.10). Default on.</summary>
    public bool? TransferAtShutdown { get; set; }

    /// <summary>How long an unused session or idempotency key is kept, in log time. Default 1 h.</summary>
    public TimeSpan? SessionTimeout { get; set; }

    /// <summary>
    /// How long an idempotency key is kept at the least, in log time; where it is below the client's request timeout, that holds.
    /// Default 10 s.
    /// </summary>
    public TimeSpan? IdempotencyRetention { get; set; }

    /// <summary>Sessions that the group keeps, and as many idempotency keys; at least 1. Default 16,384.</summary>
    public int? MaxSessions { get; set; }

    /// <summary>Replies that one session keeps; at least 1. Default 16,384.</summary>
    public int? MaxSessionReplies { get; set; }

    /// <summary>Commands that a leader accepted and has not applied yet; at least 1. Default 16,384.</summary>
    public int? MaxPendingProposals { get; set; }

    /// <summary>Bytes of those commands; at least <see cref="MaxCommandBytes"/>. Default 64 MiB.</summary>
    public int? MaxPendingBytes { get; set; }

    /// <summary>Queries that wait; at least 1. Default 16,384.</summary>
    public int? MaxPendingReads { get; set; }

    /// <summary>Bytes of one command; at least 4 KiB below <see cref="MaxAppendBytes"/>. Default 384 KiB.</summary>
    public int? MaxCommandBytes { get; set; }

    /// <summary>Entries in one append and one journal event; at least 1. Default 2,048.</summary>
    public int? MaxAppendEntries { get; set; }

    /// <summary>Encoded bytes of one append; at least 16 KiB below Akka.Remote's largest frame. Default 512 KiB.</summary>
    public int? MaxAppendBytes { get; set; }

    /// <summary>Appends on their way to one follower; at least 1. Default 64.</summary>
    public int? MaxInflightAppends { get; set; }

    /// <summary>Encoded bytes of those appends; at least <see cref="MaxAppendBytes"/>. Default 16 MiB.</summary>
    public int? MaxInflightBytes { get; set; }

    /// <summary>
    /// Encoded bytes of committed entries after which a node takes a snapshot by itself; 0 takes one only when asked to. Default
    /// 64 MiB.
    /// </summary>
    public int? SnapshotAfterBytes { get; set; }

    /// <summary>
    /// Entries that a snapshot replaces and that are kept all the same, for followers that lack them. Default 4,096.
    /// </summary>
    public int? SnapshotKeepEntries { get; set; }

    /// <summary>Encoded bytes of those entries, at the most. Default 8 MiB.</summary>
    public int? SnapshotKeepBytes { get; set; }

    /// <summary>
    /// Bytes of a snapshot in one journal event and in one message to a follower, at the most; where it is above
    /// <see cref="MaxAppendBytes"/>, that holds. Default 256 KiB.
    /// </summary>
    public int? SnapshotChunkBytes { get; set; }

    /// <summary>How long a state machine that could not write a snapshot is not asked for another. Default 10 s.</summary>
    public TimeSpan? SnapshotRetryPause { get; set; }

    /// <summary>Longest time that a journal write may take; above the journal's circuit breaker's. Default 30 s.</summary>
    public TimeSpan? JournalTimeout { get; set; }

    /// <summary>First pause before a node that stopped is started again. Default 200 ms.</summary>
    public TimeSpan? RestartBackoffMin { get; set; }

    /// <summary>Longest such pause; at least <see cref="RestartBackoffMin"/>. Default 10 s.</summary>
    public TimeSpan? RestartBackoffMax { get; set; }

    /// <summary>After how long a connection is renewed that is open and over which nothing gets through. Default 10 s.</summary>
    public TimeSpan? SilentLinkTimeout { get; set; }

    /// <summary>Whether a journal in memory is allowed, to try things out. Default off.</summary>
    public bool? AllowInMemoryJournal { get; set; }

    internal IEnumerable<(string Key, object? Value)> Keys =>
    [
        ("node-id", NodeId),
        ("members", Members),
        ("bootstrap-expect", BootstrapExpect),
        ("cluster-id", ClusterId),
        ("election-timeout-min", ElectionTimeoutMin),
        ("election-timeout-max", ElectionTimeoutMax),
        ("heartbeat-interval", HeartbeatInterval),
        ("pre-vote", PreVote),
        ("check-quorum", CheckQuorum),
        ("lease-reads", LeaseReads),
        ("max-clock-drift", MaxClockDrift),
        ("leadership-preference", LeadershipPreference),
        ("transfer-at-shutdown", TransferAtShutdown),
        ("session-timeout", SessionTimeout),
        ("idempotency-retention", IdempotencyRetention),
        ("max-sessions", MaxSessions),
        ("max-session-replies", MaxSessionReplies),
        ("max-pending-proposals", MaxPendingProposals),
        ("max-pending-bytes", MaxPendingBytes),
        ("max-pending-reads", MaxPendingReads),
        ("max-command-bytes", MaxCommandBytes),
        ("max-append-entries", MaxAppendEntries),
        ("max-append-bytes", MaxAppendBytes),
        ("max-inflight-appends", MaxInflightAppends),
        ("max-inflight-bytes", MaxInflightBytes),
        ("snapshot-after-bytes", SnapshotAfterBytes),
        ("snapshot-keep-entries", SnapshotKeepEntries),
        ("snapshot-keep-bytes", SnapshotKeepBytes),
        ("snapshot-chunk-bytes", SnapshotChunkBytes),
        ("snapshot-retry-pause", SnapshotRetryPause),
        ("journal-timeout", JournalTimeout),
        ("restart-backoff-min", RestartBackoffMin),
        ("restart-backoff-max", RestartBackoffMax),
        ("silent-link-timeout", SilentLinkTimeout),
        ("allow-in-memory-journal", AllowInMemoryJournal),
    ];
}
