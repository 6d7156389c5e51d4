using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Bootstrap;

/// <summary>
/// A cluster is bootstrapped only when all participants have promised to join it and the promises are on their disks. From then
/// on no participant revokes its promise. Only the planner replaces its plan with another one.
/// </summary>
internal sealed class BootstrappedByAll : Check
{
    private readonly Dictionary<NodeId, Journal> _journals = [];
    private ClusterId? _bootstrapped;
    private bool _hasTalked;

    /// <inheritdoc/>
    public override string Name => "bootstrapped by all";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/012";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        foreach (var e in events)
        {
            switch (e)
            {
                case JournalBegun begun: _journals[node.Id] = new Journal(begun.Self); break;
                case BootstrapPromised promised: OnPromised(node, promised.Plan); break;
                case BootstrapWithdrawn: OnWithdrawn(node, "withdrew from it"); break;
                case ClusterFormed formed when _hasTalked: OnFormed(node, formed); break;
                default: break;
            }
        }
    }

    private void OnPromised(NodeView node, BootstrapPlan plan)
    {
        var journal = _journals[node.Id];
        if (journal.Plan is { } before)
        {
            OnWithdrawn(node, $"left it for {plan}");
            if (before.Planner != journal.Self)
                throw Violated(
                    $"{node} has promised {before.Planner} to join {before}",
                    $"it left that plan for {plan} by itself");
        }

        (journal.Plan, _hasTalked) = (plan, true);
    }

    private void OnWithdrawn(NodeView node, string how)
    {
        Examine();
        var journal = _journals[node.Id];
        if (journal.Plan is { } plan && plan.Cluster == _bootstrapped)
            throw Violated($"{plan} is bootstrapped", $"{node} {how}");
        journal.Plan = null;
    }

    private void OnFormed(NodeView node, ClusterFormed formed)
    {
        Examine();
        if (formed.Cluster == _bootstrapped) return;
        _bootstrapped ??= formed.Cluster;
        foreach (var voter in formed.Voters)
        {
            var plan = _journals.GetValueOrDefault(voter)?.Plan;
            if (plan?.Cluster != formed.Cluster)
                throw Violated(
                    $"{voter} has promised to join {plan?.ToString() ?? "no plan"}",
                    $"{node} considers cluster {formed.Cluster} of {string.Join(", ", formed.Voters)} bootstrapped");
        }
    }

    private sealed class Journal(Incarnation self)
    {
        public Incarnation Self { get; } = self;

        public BootstrapPlan? Plan { get; set; }
    }
}
