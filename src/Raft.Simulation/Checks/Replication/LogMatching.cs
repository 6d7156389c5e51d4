using System.IO.Hashing;
using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Replication;

/// <summary>
/// If two logs contain an entry with the same index and term, they are equal up to that entry (Raft §5.3, Figure 3). Two such
/// entries must have the same kind and bytes, and the same previous term; by induction, all entries before them are equal. This
/// holds for all logs in memory and on disk, at any time of the run.
/// </summary>
internal sealed class LogMatching : Check
{
    /// <inheritdoc/>
    public override string Name => "log matching";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, Figure 3";

    private readonly Dictionary<(long Index, long Term), Seen> _seen = [];
    private readonly PerNode<DiskTerms> _disks = new();

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        if (change.FirstChanged is not { } first || !change.After.IsRunning) return;
        var log = change.Node.Log;
        if (first < new LogIndex(1)) first = new LogIndex(1);
        for (var index = first; index <= log.LastIndex; index = index.Next())
            Compare(log[index], log.TermAt(index.Previous()), change.Node, isOnDisk: false);
    }

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var disk = _disks[node];
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case EntriesAppended appended:
                    foreach (var entry in appended.Entries) Take(entry, disk, node);
                    break;
                case LogTruncated truncated: disk.Truncate(truncated); break;
                case SnapshotSaved saved:
                    disk.EndAt(saved.Start);
                    foreach (var entry in saved.Entries) Take(entry, disk, node);
                    break;
            }
        }
    }

    private void Take(LogEntry entry, DiskTerms disk, NodeView node)
    {
        Compare(entry, disk.TermAt(entry.Index.Previous()), node, isOnDisk: true);
        disk.Append(entry);
    }

    private void Compare(LogEntry entry, Term? previous, NodeView node, bool isOnDisk)
    {
        Examine();
        var now = new Seen(
            previous, entry.Kind, XxHash3.HashToUInt64(entry.Command.Span), entry.Time, entry.Origin, node.Id, isOnDisk);
        if (_seen.TryAdd((entry.Index.Value, entry.Term.Value), now)) return;
        var first = _seen[(entry.Index.Value, entry.Term.Value)];
        if (first.Previous != now.Previous)
            throw Violated(first.After(entry), now.After(entry));
        if (first.Kind != now.Kind || first.Hash != now.Hash)
            throw Violated(first.With(entry), now.With(entry));
        if (first.Time != now.Time || first.Origin != now.Origin)
            throw Violated(first.From(entry), now.From(entry));
    }

    private readonly record struct Seen(
        Term? Previous, EntryKind Kind, ulong Hash, TimeSpan Time, CommandOrigin? Origin, NodeId Node, bool IsOnDisk)
    {
        private string Where => IsOnDisk ? "on its disk" : "in its log";

        public string After(LogEntry entry) =>
            $"{Node} had entry {entry.Index} of term {entry.Term} {Where} after an entry of term {Previous}";

        public string With(LogEntry entry) =>
            $"{Node} had entry {entry.Index} of term {entry.Term} {Where} as a {Kind} with bytes of hash {Hash:x16}";

        public string From(LogEntry entry) =>
            $"{Node} had entry {entry.Index} of term {entry.Term} {Where} "
            + $"with time {Time} and origin {Origin?.ToString() ?? "none"}";
    }
}
