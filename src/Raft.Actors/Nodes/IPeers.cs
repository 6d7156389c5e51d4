using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Where the members of a group are reached.</summary>
internal interface IPeers
{
    /// <summary>The node actor of a member.</summary>
    IActorRef this[NodeId member] { get; }
}

/// <summary>
/// Members reached by address over Akka.Remote. The references carry no incarnation, so they stay good when a peer
/// restarts; peers are never watched, since that is what leads to quarantine.
/// </summary>
internal sealed class RemotePeers : IPeers
{
    private readonly Dictionary<NodeId, IActorRef> _peers;

    public RemotePeers(ExtendedActorSystem system, RaftSettings settings) =>
        _peers = settings.Members.ToDictionary(
            m => m.Id,
            m => system.Provider.ResolveActorRef(
                $"{RaftNodeSupervisor.PathOf(system, settings.Group, m)}/{RaftNodeSupervisor.NodeName}"));

    public IActorRef this[NodeId member] => _peers[member];
}
