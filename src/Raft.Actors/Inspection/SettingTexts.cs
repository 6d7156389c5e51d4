using System.Globalization;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Inspection;

/// <summary>The effective settings of a node as texts that can be compared: the same value is the same text on every node.</summary>
internal static class SettingTexts
{
    /// <summary>The settings, by key of <c>reference.conf</c>. What is each node's own, its name, is left out.</summary>
    public static IReadOnlyList<NamedText> Of(RaftSettings s) =>
    [
        new("raft.group", s.Group.Value),
        new("raft.members", string.Join(',', s.Members.Select(m => m.ToString()).Order(StringComparer.Ordinal))),
        new("raft.bootstrap-expect", Text(s.BootstrapExpect)),
        new("raft.election-timeout-min", Text(s.ElectionTimeoutMin)),
        new("raft.election-timeout-max", Text(s.ElectionTimeoutMax)),
        new("raft.heartbeat-interval", Text(s.HeartbeatInterval)),
        new("raft.pre-vote", Text(s.IsPreVoteOn)),
        new("raft.check-quorum", Text(s.IsCheckQuorumOn)),
        new("raft.lease-reads", Text(s.AreLeaseReadsOn)),
        new("raft.max-clock-drift", s.MaxClockDrift.ToString(CultureInfo.InvariantCulture)),
        new("raft.leadership-preference", s.LeadershipPreference.ToString().ToLowerInvariant()),
        new("raft.volatile", Text(s.IsVolatile)),
        new("raft.session-timeout", Text(s.SessionTimeout)),
        new("raft.idempotency-retention", Text(s.IdempotencyRetention)),
        new("raft.max-sessions", Text(s.MaxSessions)),
        new("raft.max-session-replies", Text(s.MaxSessionReplies)),
        new("raft.max-pending-proposals", Text(s.MaxPendingProposals)),
        new("raft.max-pending-bytes", Text(s.MaxPendingBytes)),
        new("raft.max-pending-reads", Text(s.MaxPendingReads)),
        new("raft.max-command-bytes", Text(s.MaxCommandBytes)),
        new("raft.max-append-entries", Text(s.MaxAppendEntries)),
        new("raft.max-append-bytes", Text(s.MaxAppendBytes)),
        new("raft.max-inflight-appends", Text(s.MaxInflightAppends)),
        new("raft.max-inflight-bytes", Text(s.MaxInflightBytes)),
        new("raft.snapshot-after-bytes", Text(s.SnapshotAfterBytes)),
        new("raft.snapshot-keep-entries", Text(s.SnapshotKeepEntries)),
        new("raft.snapshot-keep-bytes", Text(s.SnapshotKeepBytes)),
        new("raft.snapshot-chunk-bytes", Text(s.SnapshotChunkBytes)),
        new("raft.journal-timeout", Text(s.JournalTimeout)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool flag) => flag ? "on" : "off";

    private static string Text(TimeSpan time) => $"{time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms";
}
