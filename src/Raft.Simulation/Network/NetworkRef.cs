using Akka.Actor;

namespace Raft.Simulation.Network;

/// <summary>A remote reference: what is told to it is encoded and sent over the simulated network.</summary>
/// <param name="network">The network.</param>
/// <param name="origin">The process that holds the reference.</param>
/// <param name="endpoint">Whom it reaches.</param>
internal sealed class NetworkRef(SimulatedNetwork network, NetworkedProcess origin, Endpoint endpoint) : MinimalActorRef
{
    public Endpoint Endpoint { get; } = endpoint;

    public override ActorPath Path => Endpoint.Path;

    public override IActorRefProvider Provider => network.System.Provider;

    protected override void TellInternal(object message, IActorRef sender) =>
        network.Send(origin, sender, Endpoint, message);
}
