using Raft.Actors.Protocol;
using Raft.Host.Formatting;
using Raft.Host.Storage;

namespace Raft.Host.Doctor;

/// <summary>Checks that the disks are fast enough, have free space, and do not lose what was synced.</summary>
internal static class DiskRule
{
    /// <summary>The required journal mode. In any other mode a power failure can lose acknowledged writes.</summary>
    public const string SafeMode = "wal, synchronous 2";

    private const string Subject = "disk";
    private const long Mebibyte = 1024 * 1024;
    private const long Little = 1024 * Mebibyte;
    private const long VeryLittle = 100 * Mebibyte;

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var disks = facts.Diagnostics.Where(e => e.Disk is not null).ToArray();
        var findings = disks.SelectMany(e => Look(e, e.Disk!)).ToList();
        var syncs = disks.SelectMany(e => e.Disk!.SyncMicroseconds).ToArray();
        if (findings.Count == 0 && syncs.Length > 0)
            findings.Add(new Finding(
                Severity.Ok,
                Subject,
                null,
                $"Every disk has free space. A synced write takes {Show(Median(syncs))}, at most {Show(syncs.Max())}."));
        return findings;
    }

    private static IEnumerable<Finding> Look(NodeDiagnostics node, DiskDiagnostics disk)
    {
        if (disk.Problem is { } problem)
            yield return Of(
                Severity.Problem, node, $"{node.NodeId}: {problem}", "This node acknowledges nothing until its disk works. "
                    + "Check its log.");
        if (disk.Folder.Length == 0) yield break;
        if (Room(node, disk) is { } room) yield return room;
        if (disk.JournalMode is { Length: > 0 } mode && mode != SafeMode)
            yield return Of(
                Severity.Problem,
                node,
                $"{node.NodeId} writes its journal in mode '{mode}': a power failure can lose acknowledged writes.",
                $"The mode must be '{SafeMode}'. If {disk.Folder} is on a network drive, stop the node and move RAFT_DATA to a "
                + "local disk.");
        if (disk.JournalLogBytes > JournalKeeper.MaxLogBytes)
            yield return Of(
                Severity.Warning,
                node,
                $"The write-ahead log of {node.NodeId}'s journal has grown to {Readable.Bytes(disk.JournalLogBytes)}. Another "
                + "program keeps the journal open for reading.",
                $"Stop that program; `lsof {disk.Folder}/journal.db` names it. Do not delete the file: the node then shrinks "
                + "it.");
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
            $"{node.NodeId} has {Readable.Bytes(disk.FreeBytes)} of {Readable.Bytes(disk.TotalBytes)} free at {disk.Folder}; "
            + $"its journal takes {Readable.Bytes(disk.JournalBytes)}.",
            "Free space or enlarge the disk, without touching the data folder. A node that can't write is unavailable.");
    }

    private static Finding? Speed(NodeDiagnostics node, DiskDiagnostics disk)
    {
        if (disk.SyncMicroseconds.Count == 0) return null;
        if (node.Time("raft.heartbeat-interval") is not { } heartbeat
            || node.Time("raft.election-timeout-min") is not { } election)
            return null;
        var median = TimeSpan.FromMicroseconds(Median(disk.SyncMicroseconds));
        var slowest = TimeSpan.FromMicroseconds(disk.SyncMicroseconds.Max());
        if (median > election / 2)
            return Of(
                Severity.Problem,
                node,
                $"A synced write on {node.NodeId} takes {Readable.Duration(median)}, more than half of the shortest election "
                + $"timeout ({Readable.Duration(election)}): votes arrive too late, and leaders step down.",
                "Move RAFT_DATA to a faster disk, or raise RAFT_ELECTION_TIMEOUT_MIN and _MAX on all nodes.");
        return slowest <= heartbeat ? null : Of(
            Severity.Warning,
            node,
            $"One of {disk.SyncMicroseconds.Count} synced writes on {node.NodeId} took {Readable.Duration(slowest)}, longer than "
            + $"the heartbeat interval ({Readable.Duration(heartbeat)}).",
            "Every write waits for the disks of a majority. Check which other programs write to this disk.");
    }

    private static long Median(IReadOnlyList<long> times) => times.Order().ElementAt(times.Count / 2);

    private static string Show(long microseconds) => Readable.Duration(TimeSpan.FromMicroseconds(microseconds));

    private static Finding Of(Severity severity, NodeDiagnostics node, string what, string advice) =>
        new(severity, Subject, node.NodeId, what, advice);
}
