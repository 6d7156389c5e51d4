using System.ComponentModel;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Host.Answers;

/// <summary>A write that was done.</summary>
internal sealed record WriteAnswer(
    string Key,
    [property: Description("The key's new revision; of a deleted key, the last one.")] long Revision,
    [property: Description("The write's index in the log.")] long Index,
    [property: Description("The term of its entry.")] long Term);

/// <summary>A page of keys.</summary>
internal sealed record KeyPageAnswer(
    IReadOnlyList<KeyAnswer> Keys,
    [property: Description("Give it as `cursor` for the next page; null on the last page.")] string? Cursor);

/// <summary>A key of a page.</summary>
internal sealed record KeyAnswer(
    string Key,
    long Revision,
    [property: Description("Size of the value.")] int Bytes);

/// <summary>A node as it sees itself.</summary>
internal sealed record StatusAnswer(
    string NodeId,
    string ClusterId,
    string GroupId,
    [property: Description("`follower`, `candidate` or `leader`.")] string Role,
    long Term,
    [property: Description("The leader of this term; null where the node knows none.")] string? LeaderId,
    long CommitIndex,
    long LastApplied,
    long LastLogIndex,
    long LastLogTerm,
    [property: Description("Last index on this node's disk.")] long DurableIndex,
    [property: Description("Last index that the snapshot on its disk replaces; 0 where there is none.")] long SnapshotIndex,
    [property: Description("Who got its vote in this term; null for nobody.")] string? VotedFor,
    IReadOnlyList<MemberAnswer> Members,
    [property: Description("Index of the first entry that the log still has.")] long FirstLogIndex,
    [property: Description("After how much silence the node campaigns, in ms, as it was drawn; null for a leader.")]
    long? ElectionTimeoutMs,
    [property: Description("How much of that was left, in ms; null for a leader.")] long? ElectionTimeoutLeftMs,
    [property: Description("The followers as the leader knows them; none where the node does not lead.")]
    IReadOnlyList<FollowerAnswer> Followers,
    [property: Description("Whether the node lost its journal, and its votes and acknowledgements don't count before the log readmits it.")]
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

/// <summary>A follower as its leader knows it.</summary>
internal sealed record FollowerAnswer(
    string NodeId,
    [property: Description("Whether it answered the leader within the longest election timeout.")] bool Reached,
    [property: Description("Last index that the leader knows to be on its disk.")] long MatchIndex,
    [property: Description("For how many seconds it has lacked committed entries and got none.")] long StalledSeconds)
{
    public static FollowerAnswer Of(FollowerStatus follower) => new(
        follower.NodeId.Value, follower.IsReached, follower.MatchIndex.Value, (long)follower.Stalled.TotalSeconds);
}

/// <summary>A voting member of the group.</summary>
internal sealed record MemberAnswer(
    string NodeId,
    [property: Description("Where its Akka.Remote listens.")] string Address);

/// <summary>All nodes as they are seen from one place, members or not.</summary>
internal sealed record ClusterAnswer(
    [property: Description("The node that answers; null where it is a gateway.")] string? SeenFrom,
    IReadOnlyList<ClusterNodeAnswer> Nodes);

/// <summary>A node and what it said of itself.</summary>
internal sealed record ClusterNodeAnswer(
    string NodeId,
    string Address,
    [property: Description("Whether it answered within one second.")] bool Reachable,
    [property: Description("What it said of itself; null where it takes no part or did not answer.")] StatusAnswer? Status,
    [property: Description("Why it takes no part; null where it does or did not answer.")] string? Problem,
    [property: Description("Whether it stays so until a person does something.")] bool Halted = false)
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
    [property: Description("Index of the log's last entry.")] long LastIndex,
    [property: Description("First index that the node has an entry of; a snapshot replaces those before it.")] long FirstIndex)
{
    public static LogAnswer Of(LogPage page) => new(
        [.. page.Entries.Select(e => LogEntryAnswer.Of(e, page))],
        page.CommitIndex.Value,
        page.LastApplied.Value,
        page.LastIndex.Value,
        page.FirstIndex.Value);
}

/// <summary>An entry of a node's log.</summary>
internal sealed record LogEntryAnswer(
    long Index,
    long Term,
    [property: Description("`command`, `open-session`, or `no-op`, which a leader appends at the start of its term.")] string Kind,
    [property: Description("Size of the command.")] int Bytes,
    [property: Description("What the command does, in words; null where it is none.")] string? Command,
    [property: Description("Whether this node knows that it is committed.")] bool Committed,
    [property: Description("Whether this node's state machine has applied it.")] bool Applied)
{
    public static LogEntryAnswer Of(LogEntry entry, LogPage page) => new(
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
        entry.Kind == EntryKind.Command ? KeyValueDescription.Of(entry.Command) : null,
        Committed: entry.Index <= page.CommitIndex,
        Applied: entry.Index <= page.LastApplied);
}

/// <summary>A transfer of the leadership.</summary>
internal sealed record TransferAnswer(
    [property: Description("The old leader.")] string From,
    [property: Description("The node that leads now.")] string To,
    [property: Description("The term that it leads.")] long Term);

/// <summary>A node's newest snapshot.</summary>
internal sealed record SnapshotAnswer(
    [property: Description("The node that has it.")] string NodeId,
    [property: Description("Last index of the log that it replaces.")] long Index,
    [property: Description("Its size.")] long Bytes);

/// <summary>A good state of health.</summary>
internal sealed record HealthAnswer(
    [property: Description("`live` or `ready`.")] string Status);
