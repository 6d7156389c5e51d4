using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Clients;

/// <summary>
/// How a client learns which cluster it is of. Its own node knows. Without one, or where that has none, it believes a leader as soon
/// as a majority of that leader's members say that they are of the same cluster: a single address that leads elsewhere has no
/// majority. Only its contacts count, and not whom one of them names. Of contacts that were named to it half suffice, since they
/// need not be all members.
/// </summary>
internal sealed class ClusterSearch(OwnCluster own, ContactKind contacts)
{
    /// <summary>Nodes that are taken note of; a multiple of what a cluster can have.</summary>
    private const int MaxHeard = 64;

    private readonly Dictionary<ActorPath, LeaderIs> _heard = [];
    private bool _areOthersAsked = contacts != ContactKind.OwnNodeFirst;

    /// <summary>Takes note of what a node said.</summary>
    /// <param name="node">The node.</param>
    /// <param name="answer">Its answer.</param>
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
