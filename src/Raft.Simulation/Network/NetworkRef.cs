using Akka.Actor;

namespace Raft.Simulation.Network;

/// <summary>A remote reference: messages to it are encoded and sent through the simulated network.</summary>
/// <param name="network">The network.</param>
/// <param name="origin">The process that holds the reference.</param>
/// <param name="endpoint">The receiver.</param>
internal sealed class NetworkRef(SimulatedNetwork network, NetworkedProcess origin, Endpoint endpoint) : MinimalActorRef
{
    public Endpoint Endpoint { get; } = endpoint;

    public override ActorPath Path => Endpoint.Path;

    public override IActorRefProvider Provider => network.System.Provider;

    protected override void TellInternal(object message, IActorRef sender) =>
        network.Send(origin, sender, Endpoint, message);
}
