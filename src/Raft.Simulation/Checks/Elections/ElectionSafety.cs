using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// There is at most one leader per term over the whole run (Raft §5.2, Figure 3). A node counts as leader if it becomes one,
/// sends what only leaders send, or is followed. A node that leads the same term again after a restart also violates this,
/// because it may have forgotten entries of that term.
/// </summary>
internal sealed class ElectionSafety : Check
{
    private readonly Dictionary<Term, Leader> _leaders = [];

    /// <inheritdoc/>
    public override string Name => "election safety";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, Figure 3";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning) return;
        var isNews = !change.IsSameIncarnation || before.Term != after.Term;
        if (after.Role == RaftRole.Leader && (isNews || before.Role != RaftRole.Leader))
            Led(after.Term, change.Node.Id, after.Incarnation, $"{change.Node} became leader of term {after.Term}");
        else if (after.Role != RaftRole.Leader && after.Leader is { } leader && (isNews || before.Leader != leader))
            Led(after.Term, leader, incarnation: null, $"{change.Node} follows {leader} in term {after.Term}");
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not (AppendEntries or TimeoutNow or ReadIndexGranted)) return;
        if (_leaders.TryGetValue(rpc.Term, out var known) && known.Node == sender.Id
            && known.Incarnation == sender.State.Incarnation)
            return;
        Led(rpc.Term, sender.Id, sender.State.Incarnation, $"{sender} sent {What(rpc)} as leader of term {rpc.Term}");
    }

    private static string What(RaftRpc rpc) => rpc is AppendEntries ? "entries" : rpc.GetType().Name;

    private void Led(Term term, NodeId node, int? incarnation, string how)
    {
        Examine();
        if (!_leaders.TryGetValue(term, out var known))
        {
            _leaders.Add(term, new Leader(node, incarnation, how));
            return;
        }

        if (known.Node != node) throw Violated(known.How, how);
        if (incarnation is null) return;
        if (known.Incarnation is { } first && first != incarnation)
            throw Violated($"{known.How} after start {first}", $"{how} after start {incarnation}, too");
        _leaders[term] = known with { Incarnation = incarnation };
    }

    private readonly record struct Leader(NodeId Node, int? Incarnation, string How);
}
