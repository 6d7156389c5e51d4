using Akka.Actor;
using Raft.Actors.Links;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>How a node reaches the other nodes of its group.</summary>
internal interface IPeers
{
    /// <summary>All nodes that have an address, members or not.</summary>
    IEnumerable<NodeId> Known { get; }

    /// <summary>
    /// The node actor of a node; nobody if its address is unknown. Addresses change, so look the actor up for each message.
    /// </summary>
    IActorRef this[NodeId node] { get; }

    /// <summary>The address of a node as <c>host:port</c>; empty if it is unknown.</summary>
    string AddressOf(NodeId node);

    /// <summary>Records that a message from a node of the group got through.</summary>
    void Heard(NodeId node);
}

/// <summary>
/// Peers over Akka.Remote, by address. The references contain no actor incarnation, so they stay valid when a peer restarts.
/// Peers are never watched, because remote death watch can lead to quarantine.
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
