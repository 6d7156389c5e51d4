using Akka.Actor;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Network;

/// <summary>A machine of the simulation; at most one process runs on it at a time.</summary>
/// <param name="name">Its name, for example <c>n1</c>.</param>
/// <param name="number">Its number among all machines.</param>
internal abstract class Machine(string name, int number)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>The process on it; null while it is down.</summary>
    public NetworkedProcess? Process { get; protected set; }

    /// <summary>Returns the address of an actor of this machine for other machines.</summary>
    public abstract Endpoint EndpointOf(IActorRef actor);

    public override string ToString() => Name;
}

/// <summary>An address for messages, independent of the process that currently runs on the machine.</summary>
/// <param name="machine">The machine.</param>
/// <param name="number">Its number among all endpoints.</param>
/// <param name="path">The address as Akka.Remote would write it.</param>
/// <param name="actor">The actor that is currently there; <c>Nobody</c> if there is none.</param>
internal sealed class Endpoint(Machine machine, int number, string path, Func<IActorRef> actor)
{
    public Machine Machine { get; } = machine;

    public int Number { get; } = number;

    public ActorPath Path { get; } = ActorPath.Parse(path);

    public IActorRef Actor => actor();
}

/// <summary>A process that reaches others through the network.</summary>
/// <param name="name">The name of its top-level actor.</param>
/// <param name="number">Its number among the processes of a run.</param>
/// <param name="machine">The machine that it runs on.</param>
/// <param name="network">The network.</param>
internal class NetworkedProcess(string name, int number, Machine machine, SimulatedNetwork network)
    : SimulatedProcess(name, number)
{
    private readonly NetworkRef?[] _references = new NetworkRef?[network.Endpoints.Count];

    public Machine Machine { get; } = machine;

    /// <summary>Returns this process's reference to an endpoint.</summary>
    public IActorRef RefTo(Endpoint endpoint) =>
        _references[endpoint.Number] ??= new NetworkRef(network, this, endpoint);
}
