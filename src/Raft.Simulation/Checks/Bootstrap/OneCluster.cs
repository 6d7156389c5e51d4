using Raft.Actors.Events;

namespace Raft.Simulation.Checks.Bootstrap;

/// <summary>
/// However nodes discover each other, all nodes that belong to a cluster belong to the same one and are its voters.
/// </summary>
internal sealed class OneCluster : Check
{
    private (NodeView Node, ClusterFormed Formed)? _first;

    /// <inheritdoc/>
    public override string Name => "one cluster";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/012";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        foreach (var formed in events.Select(e => e as ClusterFormed ?? (e as ReadmissionSought)?.Formed).OfType<ClusterFormed>())
        {
            Examine();
            _first ??= (node, formed);
            var first = _first.Value;
            if (formed.Cluster != first.Formed.Cluster || !formed.Voters.SequenceEqual(first.Formed.Voters))
                throw Violated(
                    $"{first.Node} belongs to {Words(first.Formed)}", $"{node} belongs to {Words(formed)}");
            if (!formed.Voters.Contains(node.Id) || formed.Voters.Count != cluster.VoterCount)
                throw Violated($"{cluster.VoterCount} nodes make a cluster", $"{node} belongs to {Words(formed)}");
        }
    }

    private static string Words(ClusterFormed formed) => $"cluster {formed.Cluster} of {string.Join(", ", formed.Voters)}";
}
