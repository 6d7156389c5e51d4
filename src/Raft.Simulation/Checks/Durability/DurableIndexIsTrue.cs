using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Durability;

/// <summary>
/// The entries that a node believes to be on its disk are there (Raft §5.3: a leader counts itself and a follower acknowledges
/// on the basis of this index). A write that was given up but is done nevertheless can overtake a new incarnation, which then
/// fails at its next write and restarts; until then it cannot know.
/// </summary>
internal sealed class DurableIndexIsTrue : Check
{
    private readonly PerNode<Overtaking> _overtakings = new();

    /// <inheritdoc/>
    public override string Name => "durable index is true";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, hazards 18 and 21";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        // A node lowers its durable index before it writes an event that removes entries, so this write is not its own.
        for (var i = 0; i < events.Count; i++)
        {
            var isOvertaken = events[i] switch
            {
                LogTruncated truncated => truncated.From <= node.State.DurableIndex,
                SnapshotSaved saved =>
                    LogIndex.Max(saved.Last.Index, node.Disk.Log.LastIndex) < node.State.DurableIndex,
                _ => false,
            };
            if (isOvertaken) _overtakings[node].IsOvertaken = true;
        }
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var after = change.After;
        if (!after.IsRunning) return;
        var disk = change.Node.Disk;
        var overtaking = _overtakings[change.Node];
        var isSame = disk.Log.TermAt(after.DurableIndex) is { } term && term == change.Node.Log.TermAt(after.DurableIndex);
        if (!change.IsSameIncarnation) overtaking.IsOvertaken = !isSame;
        if (overtaking.IsOvertaken || disk.Term > after.Term) return;
        Examine();
        if (!isSame)
            throw Violated(
                $"{change.Node} believes its log to be on its disk up to entry {after.DurableIndex}",
                $"its disk has {Show(disk.Log.TermAt(after.DurableIndex))} there, and its log "
                + Show(change.Node.Log.TermAt(after.DurableIndex)));
    }

    private static string Show(Term? term) => term is null ? "nothing" : $"an entry of term {term}";

    private sealed class Overtaking
    {
        public bool IsOvertaken { get; set; }
    }
}
