// Written by ./dev settings, from RaftSettings, ClientSettings and reference.conf: change those.
namespace Raft.Actors.Configuration;

public sealed partial class RaftOptions
{
    /// <summary>This node's stable name: 1 to 64 letters, digits, dots, dashes and underscores. No default.</summary>
    public string? NodeId { get; set; }

    /// <summary>
    /// All voting members as <c>n1=host:port</c>, including this node: 1 to 9; either this or <see cref="BootstrapExpect"/>. The
    /// address is that of the member's Akka.Remote. No default.
    /// </summary>
    public string[]? Members { get; set; }

    /// <summary>
    /// Instead of members: the number of nodes, 1 to 9, that find each other through Akka.Cluster and bootstrap a cluster
    /// together. The same on all nodes, and more than half of all nodes that may start. 0 turns it off. Default 0.
    /// </summary>
    public int? BootstrapExpect { get; set; }

    /// <summary>
    /// The permanent name of the cluster: 1 to 64 letters, digits, dots, dashes and underscores. If it is not set, the members
    /// generate one when they bootstrap the cluster. No default.
    /// </summary>
    public string? ClusterId { get; set; }

    /// <summary>
    /// Shortest time without a leader before an election (Raft §5.2); at least twice <see cref="HeartbeatInterval"/>. Default 500
    /// ms.
    /// </summary>
    public TimeSpan? ElectionTimeoutMin { get; set; }

    /// <summary>Longest time without a leader before an election; above <see cref="ElectionTimeoutMin"/>. Default 1 s.</summary>
    public TimeSpan? ElectionTimeoutMax { get; set; }

    /// <summary>Interval between two heartbeats of a leader; well above a network round trip. Default 100 ms.</summary>
    public TimeSpan? HeartbeatInterval { get; set; }

    /// <summary>
    /// Whether a node asks the others before it campaigns, and refuses to elect another leader while it hears one (dissertation
    /// §9.6). The same on all nodes. Default on.
    /// </summary>
    public bool? PreVote { get; set; }

    /// <summary>
    /// Whether a leader without a majority or without a working disk steps down (dissertation §6.2). The same on all nodes.
    /// Default on.
    /// </summary>
    public bool? CheckQuorum { get; set; }

    /// <summary>
    /// Whether a leader may answer queries from its lease, which trusts clocks (dissertation §6.4.1); needs <see cref="PreVote"/>
    /// and <see cref="CheckQuorum"/> on all nodes. Default off.
    /// </summary>
    public bool? LeaseReads { get; set; }

    /// <summary>
    /// Maximum deviation of a node's clock, as a fraction of elapsed time: 0 to below 0.5. The same on all nodes. Default 0.02.
    /// </summary>
    public double? MaxClockDrift { get; set; }

    /// <summary>Whether this node wants to lead. Default <see cref="Protocol.LeadershipPreference.Neutral"/>.</summary>
    public Protocol.LeadershipPreference? LeadershipPreference { get; set; }

    /// <summary>Whether a leader transfers the leadership when its host stops (dissertation §3.10). Default on.</summary>
    public bool? TransferAtShutdown { get; set; }

    /// <summary>
    /// How long the group remembers an unused session or idempotency key, in log time (dissertation §6.3). Default 1 h.
    /// </summary>
    public TimeSpan? SessionTimeout { get; set; }

    /// <summary>
    /// How long the group remembers an idempotency key at least, in log time; a value below the client's request timeout is
    /// raised to it. Default 10 s.
    /// </summary>
    public TimeSpan? IdempotencyRetention { get; set; }

    /// <summary>
    /// Maximum number of sessions that the group remembers, and also of idempotency keys; at least 1. Default 16,384.
    /// </summary>
    public int? MaxSessions { get; set; }

    /// <summary>Maximum number of replies that the group keeps for one session; at least 1. Default 16,384.</summary>
    public int? MaxSessionReplies { get; set; }

    /// <summary>Maximum number of commands that a leader has accepted and not yet applied; at least 1. Default 16,384.</summary>
    public int? MaxPendingProposals { get; set; }

    /// <summary>Maximum number of bytes of those commands; at least <see cref="MaxCommandBytes"/>. Default 64 MiB.</summary>
    public int? MaxPendingBytes { get; set; }

    /// <summary>Maximum number of queries that wait for an answer; at least 1. Default 16,384.</summary>
    public int? MaxPendingReads { get; set; }

    /// <summary>Maximum size of a command in bytes; at least 4 KiB below <see cref="MaxAppendBytes"/>. Default 384 KiB.</summary>
    public int? MaxCommandBytes { get; set; }

    /// <summary>Maximum number of entries in one append and in one journal event; at least 1. Default 2,048.</summary>
    public int? MaxAppendEntries { get; set; }

    /// <summary>
    /// Maximum encoded size of one append in bytes; at least 16 KiB below Akka.Remote's largest frame. Default 512 KiB.
    /// </summary>
    public int? MaxAppendBytes { get; set; }

    /// <summary>Maximum number of unacknowledged appends to one follower; at least 1. Default 64.</summary>
    public int? MaxInflightAppends { get; set; }

    /// <summary>Maximum encoded size of those appends in bytes; at least <see cref="MaxAppendBytes"/>. Default 16 MiB.</summary>
    public int? MaxInflightBytes { get; set; }

    /// <summary>
    /// Encoded bytes of committed entries after which a node takes a snapshot by itself; with 0 it takes one only on request.
    /// Default 64 MiB.
    /// </summary>
    public int? SnapshotAfterBytes { get; set; }

    /// <summary>
    /// Number of entries that are kept although a snapshot replaces them, for followers that lack them. Default 4,096.
    /// </summary>
    public int? SnapshotKeepEntries { get; set; }

    /// <summary>Maximum encoded size of those entries in bytes. Default 8 MiB.</summary>
    public int? SnapshotKeepBytes { get; set; }

    /// <summary>
    /// Maximum bytes of a snapshot in one journal event and in one message to a follower; a value above
    /// <see cref="MaxAppendBytes"/> is lowered to it. Default 256 KiB.
    /// </summary>
    public int? SnapshotChunkBytes { get; set; }

    /// <summary>Time to wait before the next snapshot after a state machine failed to write one. Default 10 s.</summary>
    public TimeSpan? SnapshotRetryPause { get; set; }

    /// <summary>Maximum duration of a journal write; above that of the journal's circuit breaker. Default 30 s.</summary>
    public TimeSpan? JournalTimeout { get; set; }

    /// <summary>First pause before a node is restarted that stopped because its journal failed. Default 200 ms.</summary>
    public TimeSpan? RestartBackoffMin { get; set; }

    /// <summary>Longest pause before such a restart; at least <see cref="RestartBackoffMin"/>. Default 10 s.</summary>
    public TimeSpan? RestartBackoffMax { get; set; }

    /// <summary>Time after which an open connection is renewed over which nothing arrives. Default 10 s.</summary>
    public TimeSpan? SilentLinkTimeout { get; set; }

    /// <summary>Whether a journal in memory is allowed, for experiments. Default off.</summary>
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
