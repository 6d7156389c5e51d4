using Akka.Actor;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>Peers of a node that are probes.</summary>
internal sealed class ProbePeers(IReadOnlyDictionary<NodeId, IActorRef> probes) : IPeers
{
    public IEnumerable<NodeId> Known => probes.Keys;

    public IActorRef this[NodeId node] => probes.GetValueOrDefault(node) ?? ActorRefs.Nobody;

    public string AddressOf(NodeId node) => $"{node}:1";

    public void Heard(NodeId node)
    {
    }
}
