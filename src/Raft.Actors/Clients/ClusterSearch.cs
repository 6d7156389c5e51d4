using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Clients;

/// <summary>
/// Finds out to which cluster a client belongs. The process's own node knows its cluster. Without a node, or if the node has no
/// cluster, the client believes a leader once a majority of that leader's members report the same cluster: a single wrong address
/// has no majority. Only contacts count, not nodes that a contact names. Half of the contacts that a caller named suffice, since
/// they need not be all members.
/// </summary>
internal sealed class ClusterSearch(OwnCluster own, ContactKind contacts)
{
    /// <summary>Maximum number of nodes to remember; a multiple of what a cluster can have.</summary>
    private const int MaxHeard = 64;

    private readonly Dictionary<ActorPath, LeaderIs> _heard = [];
    private bool _areOthersAsked = contacts != ContactKind.OwnNodeFirst;

    /// <summary>Evaluates the answer of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="answer">The node's answer.</param>
    /// <param name="known">The client's contacts.</param>
    public void Hear(ActorPath node, LeaderIs answer, IReadOnlyList<IActorRef> known)
    {
        if (contacts == ContactKind.OwnNodeFirst && known is [var first, ..] && node.Equals(first.Path))
        {
            if (answer.Cluster is { } cluster) own.LearnFromOwnNode(cluster);
            else _areOthersAsked = true;
        }
        else if (answer.Cluster is null)
        {
            _heard.Remove(node);
        }
        else if (own.Id is null && (_heard.Count < MaxHeard || _heard.ContainsKey(node)))
        {
            _heard[node] = answer;
            Decide(known);
        }
    }

    private void Decide(IReadOnlyList<IActorRef> known)
    {
        if (!_areOthersAsked) return;
        var clusters = known.Select(contact => _heard.GetValueOrDefault(contact.Path)?.Cluster).OfType<ClusterId>().ToArray();
        foreach (var leader in _heard.Values.Where(answer => answer.IsSelf))
        {
            var needed = contacts == ContactKind.Named ? (known.Count + 1) / 2 : Majority.Of(leader.Voters);
            if (clusters.Count(cluster => cluster == leader.Cluster) >= needed) own.Learn(leader.Cluster!.Value);
        }

        if (own.Id is not null) _heard.Clear();
    }
}
