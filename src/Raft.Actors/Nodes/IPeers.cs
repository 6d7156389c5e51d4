using Akka.Actor;
using Raft.Actors.Links;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Where the nodes of a group are reached.</summary>
internal interface IPeers
{
    /// <summary>Every node that has an address, a member or not.</summary>
    IEnumerable<NodeId> Known { get; }

    /// <summary>
    /// The node actor of a node; nobody where it has no address yet. Addresses change: ask again for each message.
    /// </summary>
    IActorRef this[NodeId node] { get; }

    /// <summary>Where a node is reached, as <c>host:port</c>; empty where it has no address yet.</summary>
    string AddressOf(NodeId node);

    /// <summary>A message of a node of the group got through.</summary>
    void Heard(NodeId node);
}

/// <summary>
/// Nodes reached by address over Akka.Remote. The references carry no incarnation, so they stay good when a peer
/// restarts; peers are never watched, since that is what leads to quarantine.
/// </summary>
internal sealed class RemotePeers(ExtendedActorSystem system, GroupId group, NodeDirectory directory, PeerLinks links) : IPeers
{
    private readonly Dictionary<NodeId, (RaftMember Member, IActorRef Node)> _peers = [];

    public IEnumerable<NodeId> Known => directory.Known.Select(m => m.Id);

    public IActorRef this[NodeId node]
    {
        get
        {
            if (directory.Find(node) is not { } member) return ActorRefs.Nobody;
            if (_peers.TryGetValue(node, out var peer) && peer.Member == member) return peer.Node;
            var found = system.Provider.ResolveActorRef(
                $"{RaftNodeSupervisor.PathOf(system, group, member)}/{RaftNodeSupervisor.NodeName}");
            _peers[node] = (member, found);
            return found;
        }
    }

    public string AddressOf(NodeId node) => directory.Find(node)?.Address ?? "";

    public void Heard(NodeId node) => links.Heard(node);
}
