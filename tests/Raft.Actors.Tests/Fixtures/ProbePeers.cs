using Akka.Actor;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>The members that a node talks to are probes.</summary>
internal sealed class ProbePeers(IReadOnlyDictionary<NodeId, IActorRef> probes) : IPeers
{
    public IActorRef this[NodeId member] => probes[member];
}
