using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>
/// A leader commits only entries of its own term by counting replicas; earlier entries are committed along with them (Raft
/// §5.4.2, Figure 8).
/// </summary>
internal sealed class CommitsInOwnTerm : Check
{
    /// <inheritdoc/>
    public override string Name => "commits in own term";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.2, Figure 8, hazard 1";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.CommitIndex <= before.CommitIndex || !after.IsRunning || !change.IsSameIncarnation) return;
        if (before.Role != RaftRole.Leader || after.Role != RaftRole.Leader || before.Term != after.Term) return;
        Examine();
        if (change.Node.Log.TermAt(after.CommitIndex) is { } term && term != after.Term)
            throw Violated(
                $"entry {after.CommitIndex} of {change.Node} is of term {term}",
                $"{change.Node} advanced its commit index to it as leader of term {after.Term}");
    }
}
