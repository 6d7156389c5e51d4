using System.ComponentModel;
using Raft.Actors.Protocol;
using Raft.Host.Doctor;

namespace Raft.Host.Answers;

/// <summary>The actor tree of a process.</summary>
internal sealed record ActorsAnswer(
    [property: Description("The address of the ActorSystem.")] string System,
    [property: Description("The actors, parents before children.")] IReadOnlyList<ActorAnswer> Actors,
    [property: Description("Whether there are more actors than `limit`.")] bool Cut)
{
    public static ActorsAnswer Of(ActorTree tree) => new(
        tree.System, [.. tree.Actors.Select(a => new ActorAnswer(a.Path, a.Type, a.Queued, a.Children))], tree.IsCut);
}

/// <summary>An actor.</summary>
internal sealed record ActorAnswer(
    string Path,
    [property: Description("Its class; for an Ask, the class of its actor reference.")] string Type,
    [property: Description("Messages in its mailbox; null if it has none.")] int? Queued,
    [property: Description("The number of its children, whether the response includes them or not.")] int Children);

/// <summary>The response of the diagnosis: findings, and the data behind them.</summary>
internal sealed record DoctorAnswer(
    [property: Description("The node that responds; null for a gateway.")] string? SeenFrom,
    [property: Description("The worst severity: `ok`, `note`, `warning` or `problem`.")] string Severity,
    [property: Description("The findings, worst first.")] IReadOnlyList<FindingAnswer> Findings,
    [property: Description("The diagnostics of the nodes that responded.")] IReadOnlyList<DiagnosticsAnswer> Nodes)
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
    [property: Description("What was checked, such as `disk`.")] string Subject,
    [property: Description("The node that it is about; null if it is about the whole cluster.")] string? NodeId,
    [property: Description("The observation, as a sentence.")] string What,
    [property: Description("What to do; null if there is nothing to do.")] string? Advice);

/// <summary>The diagnostics of a node's process.</summary>
internal sealed record DiagnosticsAnswer(
    string NodeId,
    [property: Description("Effective settings, by key.")] IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<PeerAnswer> Peers,
    [property: Description("Null if the node stores nothing on a disk.")] DiskAnswer? Disk)
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
                disk.Folder,
                disk.FreeBytes,
                disk.TotalBytes,
                disk.JournalBytes,
                disk.JournalMode,
                disk.SyncMicroseconds,
                disk.Problem)
            : null);
}

/// <summary>Another node, as a node sees it.</summary>
internal sealed record PeerAnswer(
    string NodeId,
    [property: Description(
        "The round-trip time in microseconds; null if no response arrived within a second.")] long? RoundTripMicroseconds,
    [property: Description("How far the wall clock of the other node is ahead, in ms.")] long? ClockAheadMs,
    [property: Description("Milliseconds since the last ping of the other node arrived; null if never.")] long? HeardMsAgo);

/// <summary>The disk that holds a node's journal.</summary>
internal sealed record DiskAnswer(
    string Folder,
    long FreeBytes,
    long TotalBytes,
    long JournalBytes,
    string JournalMode,
    [property: Description("Durations of a few small synced writes, in microseconds.")] IReadOnlyList<long> SyncMicroseconds,
    string? Problem);
