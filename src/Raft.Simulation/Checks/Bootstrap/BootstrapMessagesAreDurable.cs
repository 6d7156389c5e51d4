using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Bootstrap;

/// <summary>
/// What a node says about a plan or a cluster is on its disk by then. Exceptions: "I have no plan" commits the node to nothing,
/// because a write that was given up may still put a plan on the disk. An RPC says that the sender's cluster is bootstrapped,
/// unless it only says that a leader is outdated, or its sender awaits readmission and knows the cluster from others.
/// </summary>
internal sealed class BootstrapMessagesAreDurable : Check
{
    private readonly Dictionary<string, Journal> _journals = [];

    /// <inheritdoc/>
    public override string Name => "bootstrap messages are durable";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/012";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        foreach (var e in events)
        {
            if (e is JournalBegun begun) Of(node.Id.Value).Self = begun.Self;
            else if (e is BootstrapPromised promised) Of(node.Id.Value).Plan = promised.Plan;
            else if (e is BootstrapWithdrawn) Of(node.Id.Value).Plan = null;
            else if (e is ClusterFormed formed) Of(node.Id.Value).Cluster = formed.Cluster;
            else if (e is ReadmissionSought sought)
                (Of(node.Id.Value).Self, Of(node.Id.Value).Cluster) = (sought.Self, sought.Formed.Cluster);
        }
    }

    /// <inheritdoc/>
    public override void OnDiskLost(ClusterView cluster, NodeView node) => _journals.Remove(node.Id.Value);

    /// <inheritdoc/>
    public override void OnEncoded(string sender, string receiver, object message, int bytes)
    {
        if (message is not BootstrapMessage && message is not RaftRpc) return;
        var journal = Of(sender);
        if (message is RaftRpc && journal.Self is null) return;
        Examine();
        var isTrue = message switch
        {
            BootstrapPresence present => journal.Self == present.From,
            ProposeBootstrap proposal => journal.Plan == proposal.Plan,
            BootstrapPromise promise => journal.Plan == promise.Plan && journal.Self == promise.From,
            BootstrapDropped dropped => journal.Plan?.Cluster != dropped.Cluster,
            ClusterExists exists => journal.Cluster == exists.Cluster,
            RaftRpc rpc and not RpcRefused =>
                journal.Cluster == rpc.Cluster || rpc is AppendOutdated { Journal.AwaitsReadmission: true },
            _ => true,
        };
        if (!isTrue)
            throw Violated($"the disk of {sender} has {journal}", $"it said {message} to {receiver}");
    }

    private Journal Of(string node)
    {
        if (!_journals.TryGetValue(node, out var journal)) _journals[node] = journal = new Journal();
        return journal;
    }

    private sealed class Journal
    {
        public Incarnation? Self { get; set; }

        public BootstrapPlan? Plan { get; set; }

        public ClusterId? Cluster { get; set; }

        public override string ToString() =>
            $"journal {Self?.Journal.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, "
            + $"{Plan?.ToString() ?? "no plan"}, {(Cluster is null ? "no cluster" : $"cluster {Cluster}")}";
    }
}
