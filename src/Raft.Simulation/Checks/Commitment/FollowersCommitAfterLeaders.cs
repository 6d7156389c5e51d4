using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>A node that is not the leader commits only what a leader has committed before (Raft §5.3).</summary>
internal sealed class FollowersCommitAfterLeaders : Check
{
    private LogIndex _reached = LogIndex.Zero;
    private string _by = "no leader";

    /// <inheritdoc/>
    public override string Name => "followers commit after leaders";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, hazard 10";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning) return;
        if (after.Role == RaftRole.Leader || (change.IsSameIncarnation && before.Role == RaftRole.Leader))
        {
            if (after.CommitIndex > _reached) (_reached, _by) = (after.CommitIndex, change.Node.Id.Value);
            return;
        }

        if (change.IsSameIncarnation && after.CommitIndex <= before.CommitIndex) return;
        Examine();
        if (after.CommitIndex > _reached)
            throw Violated(
                $"{_by} committed up to {_reached} while it led, and no leader more",
                $"{change.Node}, {after.Role} in term {after.Term}, committed up to {after.CommitIndex}");
    }
}
