using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>
/// If one node has committed an entry at an index, every other node commits the same entry there, and so does the same node
/// after a restart (Raft §5.4).
/// </summary>
internal sealed class CommitAgreement : Check
{
    private readonly CommittedEntries _committed = new();

    /// <inheritdoc/>
    public override string Name => "commit agreement";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var after = change.After;
        var from = change.IsSameIncarnation ? change.Before.CommitIndex : LogIndex.Zero;
        if (!after.IsRunning || after.CommitIndex <= from) return;
        for (var index = from.Next(); index <= after.CommitIndex && index <= _committed.Last; index = index.Next())
        {
            Examine();
            var committed = _committed[index];
            var term = change.Node.Log.TermAt(index);
            if (term != committed.Term)
                throw Violated(
                    committed.ToString(),
                    $"{change.Node} committed an entry of term {term?.ToString() ?? "none"} there in term {after.Term}");
        }

        _committed.Observe(change);
    }
}
