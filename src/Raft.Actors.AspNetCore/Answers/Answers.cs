using System.ComponentModel;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Answers;

/// <summary>The response to a write.</summary>
internal sealed record WriteAnswer(
    string Key,
    [property: Description("The new revision of the key; for a deleted key, the last one.")] long Revision,
    [property: Description("The log index of the write.")] long Index,
    [property: Description("The term of the log entry.")] long Term);

/// <summary>A page of keys.</summary>
internal sealed record KeyPageAnswer(
    IReadOnlyList<KeyAnswer> Keys,
    [property: Description("The `cursor` of the next page; null on the last page.")] string? Cursor);

/// <summary>A key in a page.</summary>
internal sealed record KeyAnswer(
    string Key,
    long Revision,
    [property: Description("Size of the value in bytes.")] int Bytes);

/// <summary>The status of a node, as the node sees itself.</summary>
internal sealed record StatusAnswer(
    string NodeId,
    string ClusterId,
    string GroupId,
    [property: Description("`follower`, `candidate` or `leader`.")] string Role,
    long Term,
    [property: Description("The leader of this term; null if the node knows none.")] string? LeaderId,
    long CommitIndex,
    long LastApplied,
    long LastLogIndex,
    long LastLogTerm,
    [property: Description("The last log index on the disk of this node.")] long DurableIndex,
    [property: Description("The last log index that the snapshot on its disk covers; 0 if there is none.")] long SnapshotIndex,
    [property: Description("The node that it voted for in this term; null if it has not voted.")] string? VotedFor,
    IReadOnlyList<MemberAnswer> Members,
    [property: Description("The index of the first entry that the log still has.")] long FirstLogIndex,
    [property: Description("The current election timeout in ms, chosen at random; null for a leader.")]
    long? ElectionTimeoutMs,
    [property: Description("The time left until the election timeout, in ms; null for a leader.")] long? ElectionTimeoutLeftMs,
    [property: Description("The followers, as the leader sees them; empty if the node does not lead.")]
    IReadOnlyList<FollowerAnswer> Followers,
    [property: Description(
        "Whether the node lost its journal and its votes and acknowledgements do not count until it is readmitted.")]
    bool AwaitsReadmission)
{
    public static StatusAnswer Of(NodeStatus status) => new(
        status.NodeId.Value,
        status.ClusterId.Value,
        status.GroupId.Value,
        Name(status.Role),
        status.Term.Value,
        status.LeaderId?.Value,
        status.CommitIndex.Value,
        status.LastApplied.Value,
        status.LastLogIndex.Value,
        status.LastLogTerm.Value,
        status.DurableIndex.Value,
        status.SnapshotIndex.Value,
        status.VotedFor?.Value,
        [.. status.Members.Select(m => new MemberAnswer(m.NodeId.Value, m.Address))],
        status.FirstLogIndex.Value,
        Milliseconds(status.ElectionTimeout),
        Milliseconds(status.ElectionTimeoutLeft),
        [.. status.Followers.Select(FollowerAnswer.Of)],
        status.AwaitsReadmission);

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;

    private static string Name(RaftRole role) => role switch
    {
        RaftRole.Follower => "follower",
        RaftRole.Candidate => "candidate",
        _ => "leader",
    };
}

/// <summary>A follower, as its leader sees it.</summary>
internal sealed record FollowerAnswer(
    string NodeId,
    [property: Description("Whether it responded to the leader within the maximum election timeout.")] bool Reached,
    [property: Description("The last log index that the leader knows to be on its disk.")] long MatchIndex,
    [property: Description(
        "The number of seconds for which it has lacked committed entries and received none.")] long StalledSeconds)
{
    public static FollowerAnswer Of(FollowerStatus follower) => new(
        follower.NodeId.Value, follower.IsReached, follower.MatchIndex.Value, (long)follower.Stalled.TotalSeconds);
}

/// <summary>A voting member of the group.</summary>
internal sealed record MemberAnswer(
    string NodeId,
    [property: Description("The address on which its Akka.Remote listens.")] string Address);

/// <summary>All nodes as one process sees them, members or not.</summary>
internal sealed record ClusterAnswer(
    [property: Description("The node that responds; null for a gateway.")] string? SeenFrom,
    IReadOnlyList<ClusterNodeAnswer> Nodes);

/// <summary>A node and its status.</summary>
internal sealed record ClusterNodeAnswer(
    string NodeId,
    string Address,
    [property: Description("Whether it responded within one second.")] bool Reachable,
    [property: Description("Its status; null if it is unavailable or did not respond.")] StatusAnswer? Status,
    [property: Description("Why it is unavailable; null if it is available or did not respond.")] string? Problem,
    [property: Description("Whether it stays unavailable until an operator intervenes.")] bool Halted = false)
{
    public static ClusterNodeAnswer Of(NodeView seen) => new(
        seen.Node.NodeId.Value,
        seen.Node.Address,
        seen.IsReachable,
        seen.Status is { } status ? StatusAnswer.Of(status) : null,
        seen.Down?.Reason,
        seen.Down is { IsHalted: true });
}

/// <summary>A page of a node's log.</summary>
internal sealed record LogAnswer(
    IReadOnlyList<LogEntryAnswer> Entries,
    long CommitIndex,
    long LastApplied,
    [property: Description("The index of the last entry of the log.")] long LastIndex,
    [property: Description("The index of the first entry that the log has; a snapshot covers all earlier ones.")] long FirstIndex)
{
    /// <param name="page">The page.</param>
    /// <param name="describe">Describes a command for people; null if it can't.</param>
    public static LogAnswer Of(LogPage page, Func<ReadOnlyMemory<byte>, string?> describe) => new(
        [.. page.Entries.Select(e => LogEntryAnswer.Of(e, page, describe))],
        page.CommitIndex.Value,
        page.LastApplied.Value,
        page.LastIndex.Value,
        page.FirstIndex.Value);
}

/// <summary>An entry of a node's log.</summary>
internal sealed record LogEntryAnswer(
    long Index,
    long Term,
    [property: Description("`command`, `open-session`, or `no-op`, which a leader appends at the start of its term.")]
    string Kind,
    [property: Description("Size of the command in bytes.")] int Bytes,
    [property: Description(
        "A description of the command; null if the entry is not a command, or the state machine is not the key-value store.")]
    string? Command,
    [property: Description("Whether this node knows that it is committed.")] bool Committed,
    [property: Description("Whether the state machine of this node has applied it.")] bool Applied)
{
    public static LogEntryAnswer Of(LogEntry entry, LogPage page, Func<ReadOnlyMemory<byte>, string?> describe) => new(
        entry.Index.Value,
        entry.Term.Value,
        entry.Kind switch
        {
            EntryKind.Command => "command",
            EntryKind.OpenSession => "open-session",
            EntryKind.Readmission => "readmission",
            _ => "no-op",
        },
        entry.Command.Length,
        entry.Kind == EntryKind.Command ? describe(entry.Command) : null,
        Committed: entry.Index <= page.CommitIndex,
        Applied: entry.Index <= page.LastApplied);
}

/// <summary>The response to a leadership transfer.</summary>
internal sealed record TransferAnswer(
    [property: Description("The old leader.")] string From,
    [property: Description("The new leader.")] string To,
    [property: Description("The term of the new leader.")] long Term)
{
    public static TransferAnswer Of(LeadershipTransferred done) => new(done.From.Value, done.Target.Value, done.Term.Value);
}

/// <summary>The newest snapshot of a node.</summary>
internal sealed record SnapshotAnswer(
    [property: Description("The node that has the snapshot.")] string NodeId,
    [property: Description("The last log index that it covers.")] long Index,
    [property: Description("Its size in bytes.")] long Bytes)
{
    public static SnapshotAnswer Of(SnapshotTaken taken) => new(taken.NodeId.Value, taken.Index.Value, taken.Bytes);
}

/// <summary>The response of a successful health check.</summary>
internal sealed record HealthAnswer(
    [property: Description("`live` or `ready`.")] string Status);
