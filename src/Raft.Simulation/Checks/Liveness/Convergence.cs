using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Liveness;

/// <summary>
/// When all faults have ended and a majority is running, the newest term has exactly one leader, all running nodes follow it,
/// and all have the same log, completely committed and applied (Raft §5.2, §5.3: a working majority makes progress).
/// </summary>
internal sealed class Convergence : Check
{
    /// <inheritdoc/>
    public override string Name => "convergence";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, §5.3";

    /// <inheritdoc/>
    public override void OnEnd(ClusterView cluster)
    {
        var running = cluster.Nodes.Where(n => n.State.IsRunning).ToArray();
        if (running.Length < cluster.Majority) return;
        Examine();
        var leader = TheLeader(running);
        if (leader.State.CommitIndex != leader.State.LastIndex)
            throw Violated(
                $"{leader} leads term {leader.State.Term} with entries up to {leader.State.LastIndex}",
                $"it has committed only up to {leader.State.CommitIndex} at the end of the run");
        foreach (var node in running) Compare(leader, node);
    }

    private NodeView TheLeader(NodeView[] running)
    {
        var newest = running.MaxBy(n => n.State.Term.Value)!;
        var leaders = running.Where(n => n.State.Role == RaftRole.Leader && n.State.Term == newest.State.Term).ToArray();
        return leaders.Length == 1
            ? leaders[0]
            : throw Violated(
                $"{newest} is in term {newest.State.Term}, the newest, at the end of the run",
                leaders.Length == 0 ? "no node leads it" : $"{string.Join<NodeView>(" and ", leaders)} lead it");
    }

    private void Compare(NodeView leader, NodeView node)
    {
        var (there, here) = (leader.State, node.State);
        if (here.Term != there.Term || here.Leader != leader.Id)
            throw Violated(
                $"{leader} leads term {there.Term} at the end of the run",
                $"{node} is in term {here.Term} and follows {here.Leader?.Value ?? "no leader"}");
        if (here.LastIndex != there.LastIndex || here.LastTerm != there.LastTerm)
            throw Violated(
                $"the log of the leader {leader} ends with entry {there.LastIndex} of term {there.LastTerm}",
                $"that of {node} ends with entry {here.LastIndex} of term {here.LastTerm} at the end of the run");
        if (here.CommitIndex != there.CommitIndex)
            throw Violated(
                $"the leader {leader} has committed up to {there.CommitIndex} at the end of the run",
                $"{node} has committed up to {here.CommitIndex}");
        if (here.LastApplied != there.CommitIndex)
            throw Violated(
                $"the leader {leader} has committed up to {there.CommitIndex} at the end of the run",
                $"{node} has applied up to {here.LastApplied}");
    }
}
