using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>
/// An entry that is committed in a term is in the log of every leader of a later term (Raft §5.4, Figure 3), whether that
/// leader is elected afterwards or already leads when an older leader commits the entry.
/// </summary>
internal sealed class LeaderCompleteness : Check
{
    private readonly CommittedEntries _committed = new();

    /// <inheritdoc/>
    public override string Name => "leader completeness";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4, Figure 3";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning) return;
        var known = _committed.Last;
        if (_committed.Observe(change)) CompareLeaders(cluster, known.Next());
        if (after.Role != RaftRole.Leader) return;
        if (change.IsSameIncarnation && before.Role == RaftRole.Leader && before.Term == after.Term) return;
        Compare(change.Node, new LogIndex(1));
    }

    private void CompareLeaders(ClusterView cluster, LogIndex from)
    {
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            if (cluster.Nodes[i].State is { IsRunning: true, Role: RaftRole.Leader }) Compare(cluster.Nodes[i], from);
        }
    }

    private void Compare(NodeView leader, LogIndex from)
    {
        for (var index = from; index <= _committed.Last; index = index.Next())
        {
            var committed = _committed[index];
            if (committed.InTerm >= leader.State.Term) continue;
            Examine();
            if (leader.Log.TermAt(index) != committed.Term)
                throw Violated(
                    committed.ToString(),
                    $"{leader} leads the later term {leader.State.Term} and has {Entry(leader.Log.TermAt(index))} there");
        }
    }

    private static string Entry(Term? term) => term is null ? "no entry" : $"an entry of term {term}";
}
