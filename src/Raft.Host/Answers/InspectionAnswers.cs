using System.ComponentModel;
using Raft.Actors.Protocol;
using Raft.Host.Doctor;

namespace Raft.Host.Answers;

/// <summary>Who is a member of the group, and who else is there.</summary>
internal sealed record MembersAnswer(
    [property: Description("The node that answers; null where it is a gateway.")] string? SeenFrom,
    [property: Description("Who leads; null where nobody does for certain.")] string? LeaderId,
    [property: Description("Every node, members first named by the group, by name.")] IReadOnlyList<MemberViewAnswer> Nodes,
    [property: Description("Processes in the Akka cluster that are no nodes: gateways, lighthouses.")]
    IReadOnlyList<AkkaMemberAnswer> Others);

/// <summary>A node, member or not.</summary>
internal sealed record MemberViewAnswer(
    string NodeId,
    [property: Description("Whether it is a voting member of the group.")] bool Member,
    [property: Description("Where its Akka.Remote listens; null where nobody has said so.")] string? Address,
    [property: Description("Whether it answered within one second.")] bool Reachable,
    [property: Description("`follower`, `candidate` or `leader`; null where it takes no part or did not answer.")] string? Role,
    long? Term,
    long? LastLogIndex,
    [property: Description("Entries of the leader's log that it does not have; null where that is not known.")] long? Behind,
    [property: Description("Milliseconds since it last answered whoever answers here; null for never.")] long? LastHeardMs,
    [property: Description("Why it takes no part; null where it does or did not answer.")] string? Problem,
    [property: Description("Its process in the Akka cluster; null where it is not there.")] AkkaMemberAnswer? Akka);

/// <summary>A process in the Akka cluster.</summary>
internal sealed record AkkaMemberAnswer(
    string Address,
    [property: Description("Such as `joining`, `up` or `leaving`.")] string Status,
    IReadOnlyList<string> Roles,
    [property: Description("Whether its heartbeats come.")] bool Reachable);

/// <summary>A process's tree of actors.</summary>
internal sealed record ActorsAnswer(
    [property: Description("The ActorSystem's address.")] string System,
    [property: Description("Each actor before its children.")] IReadOnlyList<ActorAnswer> Actors,
    [property: Description("Whether there are more actors than `limit`.")] bool Cut)
{
    public static ActorsAnswer Of(ActorTree tree) => new(
        tree.System, [.. tree.Actors.Select(a => new ActorAnswer(a.Path, a.Type, a.Queued, a.Children))], tree.IsCut);
}

/// <summary>An actor.</summary>
internal sealed record ActorAnswer(
    string Path,
    [property: Description("Its class; of who waits for an answer, that of its reference.")] string Type,
    [property: Description("Messages in its mailbox; null where it has none.")] int? Queued,
    [property: Description("How many children it has, whether they are in the answer or not.")] int Children);

/// <summary>What was found wrong, and what it rests on.</summary>
internal sealed record DoctorAnswer(
    [property: Description("The node that answers; null where it is a gateway.")] string? SeenFrom,
    [property: Description("The worst severity: `ok`, `note`, `warning` or `problem`.")] string Severity,
    [property: Description("The worst first.")] IReadOnlyList<FindingAnswer> Findings,
    [property: Description("What the nodes told that answered.")] IReadOnlyList<DiagnosticsAnswer> Nodes)
{
    public static DoctorAnswer Of(ClusterFacts facts, IReadOnlyList<Finding> findings) => new(
        facts.SeenFrom?.Value,
        Name(findings.Max(f => f.Severity)),
        [.. findings.Select(f => new FindingAnswer(Name(f.Severity), f.Subject, f.Node?.Value, f.What, f.Advice))],
        [.. facts.Diagnostics.Select(DiagnosticsAnswer.Of)]);

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();
}

/// <summary>One finding.</summary>
internal sealed record FindingAnswer(
    [property: Description("`ok`, `note`, `warning` or `problem`.")] string Severity,
    [property: Description("What was looked at, such as `disk`.")] string Subject,
    [property: Description("The node that it is about; null where it is about all of them.")] string? NodeId,
    [property: Description("What is so, in a sentence.")] string What,
    [property: Description("What to do; null where there is nothing to do.")] string? Advice);

/// <summary>What a node's process told of itself.</summary>
internal sealed record DiagnosticsAnswer(
    string NodeId,
    [property: Description("Effective settings, by key.")] IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<PeerAnswer> Peers,
    [property: Description("Null where the node keeps nothing on a disk.")] DiskAnswer? Disk)
{
    public static DiagnosticsAnswer Of(NodeDiagnostics node) => new(
        node.NodeId.Value,
        node.Settings.ToDictionary(s => s.Name, s => s.Text),
        node.Versions.ToDictionary(v => v.Name, v => v.Text),
        [
            .. node.Peers.Select(p => new PeerAnswer(
                p.NodeId.Value, p.RoundTripMicroseconds, p.ClockAheadMilliseconds, p.HeardMillisecondsAgo)),
        ],
        node.Disk is { } disk
            ? new DiskAnswer(
                disk.Folder, disk.FreeBytes, disk.TotalBytes, disk.JournalBytes, disk.JournalMode, disk.SyncMicroseconds, disk.Problem)
            : null);
}

/// <summary>How a node sees another one.</summary>
internal sealed record PeerAnswer(
    string NodeId,
    [property: Description("Null where no answer came within a second.")] long? RoundTripMicroseconds,
    [property: Description("By how much the other's wall clock is ahead.")] long? ClockAheadMs,
    [property: Description("When a question of the other came last; null for never.")] long? HeardMsAgo);

/// <summary>The disk that a node's journal is on.</summary>
internal sealed record DiskAnswer(
    string Folder,
    long FreeBytes,
    long TotalBytes,
    long JournalBytes,
    string JournalMode,
    [property: Description("Times of a few small writes, each synced.")] IReadOnlyList<long> SyncMicroseconds,
    string? Problem);
