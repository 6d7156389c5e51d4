using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Bootstrap;

/// <summary>
/// A cluster is founded when all founders are promised to it on their disks, and from then on none of them gives that up. Only
/// who made a plan puts another one in its place.
/// </summary>
internal sealed class BootstrappedByAll : Check
{
    private readonly Dictionary<NodeId, Journal> _journals = [];
    private ClusterId? _founded;
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
                case BootstrapWithdrawn: OnWithdrawn(node, "nothing"); break;
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
            OnWithdrawn(node, plan.ToString());
            if (before.Planner != journal.Self)
                throw Violated($"{node} is promised to {before} of {before.Planner}", $"it gave that up for {plan} by itself");
        }

        (journal.Plan, _hasTalked) = (plan, true);
    }

    private void OnWithdrawn(NodeView node, string instead)
    {
        Examine();
        var journal = _journals[node.Id];
        if (journal.Plan is { } plan && plan.Cluster == _founded)
            throw Violated($"{plan} is founded", $"{node} gave up its promise for {instead}");
        journal.Plan = null;
    }

    private void OnFormed(NodeView node, ClusterFormed formed)
    {
        Examine();
        if (formed.Cluster == _founded) return;
        _founded ??= formed.Cluster;
        foreach (var voter in formed.Voters)
        {
            var plan = _journals.GetValueOrDefault(voter)?.Plan;
            if (plan?.Cluster != formed.Cluster)
                throw Violated(
                    $"{voter} is promised to {plan?.ToString() ?? "nothing"}",
                    $"{node} took cluster {formed.Cluster} of {string.Join(", ", formed.Voters)} for founded");
        }
    }

    private sealed class Journal(Incarnation self)
    {
        public Incarnation Self { get; } = self;

        public BootstrapPlan? Plan { get; set; }
    }
}
