using Raft.Actors.Protocol;
using Raft.Host.Formatting;
using Raft.Host.Storage;

namespace Raft.Host.Doctor;

/// <summary>Whether the disks are fast enough, have room, and keep what they were given.</summary>
internal static class DiskRule
{
    /// <summary>How the journal must write, or a power cut loses acknowledged writes.</summary>
    public const string SafeMode = "wal, synchronous 2";

    private const string Subject = "disk";
    private const long Mebibyte = 1024 * 1024;
    private const long Little = 1024 * Mebibyte;
    private const long VeryLittle = 100 * Mebibyte;

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var disks = facts.Diagnostics.Where(e => e.Disk is not null).ToArray();
        var findings = disks.SelectMany(e => Look(e, e.Disk!)).ToList();
        var syncs = disks.SelectMany(e => e.Disk!.SyncMicroseconds).ToArray();
        if (findings.Count == 0 && syncs.Length > 0)
            findings.Add(new Finding(
                Severity.Ok,
                Subject,
                null,
                $"Every disk has room, and a synced write takes {Show(Median(syncs))}, {Show(syncs.Max())} at the most."));
        return findings;
    }

    private static IEnumerable<Finding> Look(NodeDiagnostics node, DiskDiagnostics disk)
    {
        if (disk.Problem is { } problem)
            yield return Of(
                Severity.Problem, node, $"{node.NodeId}: {problem}", "Nothing is acknowledged by this node until its disk works: see its log.");
        if (disk.Folder.Length == 0) yield break;
        if (Room(node, disk) is { } room) yield return room;
        if (disk.JournalMode is { Length: > 0 } mode && mode != SafeMode)
            yield return Of(
                Severity.Problem,
                node,
                $"{node.NodeId} writes its journal as '{mode}': a power cut can lose acknowledged writes.",
                $"It must be '{SafeMode}'. Is {disk.Folder} on a network drive? Move RAFT_DATA to a local disk.");
        if (disk.JournalLogBytes > JournalKeeper.MaxLogBytes)
            yield return Of(
                Severity.Warning,
                node,
                $"{node.NodeId}: the journal's write-ahead log has grown to {Readable.Bytes(disk.JournalLogBytes)}. Another "
                + "program reads the journal and does not end.",
                $"End that program; `lsof {disk.Folder}/journal.db` names it. The node then empties the log by itself.");
        if (Speed(node, disk) is { } speed) yield return speed;
    }

    private static Finding? Room(NodeDiagnostics node, DiskDiagnostics disk)
    {
        var severity = disk.FreeBytes < VeryLittle || disk.FreeBytes < disk.TotalBytes / 100 ? Severity.Problem
            : disk.FreeBytes < Little || disk.FreeBytes < disk.TotalBytes / 20 ? Severity.Warning
            : Severity.Ok;
        return severity == Severity.Ok ? null : Of(
            severity,
            node,
            $"{node.NodeId} has {Readable.Bytes(disk.FreeBytes)} left of {Readable.Bytes(disk.TotalBytes)} at {disk.Folder}; "
            + $"the journal has {Readable.Bytes(disk.JournalBytes)}.",
            "Make room before it is full: a node that can't write takes no part.");
    }

    private static Finding? Speed(NodeDiagnostics node, DiskDiagnostics disk)
    {
        if (disk.SyncMicroseconds.Count == 0) return null;
        if (node.Time("raft.heartbeat-interval") is not { } heartbeat || node.Time("raft.election-timeout-min") is not { } election)
            return null;
        var median = TimeSpan.FromMicroseconds(Median(disk.SyncMicroseconds));
        var slowest = TimeSpan.FromMicroseconds(disk.SyncMicroseconds.Max());
        if (median > election / 2)
            return Of(
                Severity.Problem,
                node,
                $"{node.NodeId}: a synced write takes {Readable.Duration(median)}, more than half of the shortest election "
                + $"timeout ({Readable.Duration(election)}): votes come too late, and leaders without a working disk step down.",
                "Move RAFT_DATA to a faster disk, or raise RAFT_ELECTION_TIMEOUT_MIN and _MAX on all nodes.");
        return slowest <= heartbeat ? null : Of(
            Severity.Warning,
            node,
            $"{node.NodeId}: one of {disk.SyncMicroseconds.Count} synced writes took {Readable.Duration(slowest)}, longer than "
            + $"the heartbeat interval ({Readable.Duration(heartbeat)}).",
            "Every write waits for the disks of a majority. Who else writes to this disk?");
    }

    private static long Median(IReadOnlyList<long> times) => times.Order().ElementAt(times.Count / 2);

    private static string Show(long microseconds) => Readable.Duration(TimeSpan.FromMicroseconds(microseconds));

    private static Finding Of(Severity severity, NodeDiagnostics node, string what, string advice) =>
        new(severity, Subject, node.NodeId, what, advice);
}
