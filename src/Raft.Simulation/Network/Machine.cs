using Akka.Actor;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Network;

/// <summary>A machine of the simulation; at most one process runs on it at a time.</summary>
/// <param name="name">Its name, for example <c>n1</c>.</param>
/// <param name="number">Its place among all machines.</param>
internal abstract class Machine(string name, int number)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>The process that runs on it; null while it is down.</summary>
    public NetworkedProcess? Process { get; protected set; }

    /// <summary>Under which address others see this actor of the machine.</summary>
    public abstract Endpoint EndpointOf(IActorRef actor);

    public override string ToString() => Name;
}

/// <summary>An address that messages can be sent to, whichever process of the machine is there to take them.</summary>
/// <param name="machine">The machine.</param>
/// <param name="number">Its place among all endpoints.</param>
/// <param name="path">The address as Akka.Remote would write it.</param>
/// <param name="actor">The actor that is there now; nobody where there is none.</param>
internal sealed class Endpoint(Machine machine, int number, string path, Func<IActorRef> actor)
{
    public Machine Machine { get; } = machine;

    public int Number { get; } = number;

    public ActorPath Path { get; } = ActorPath.Parse(path);

    public IActorRef Actor => actor();
}

/// <summary>A process that reaches others over the network.</summary>
/// <param name="name">The name of its top-level actor.</param>
/// <param name="number">Counts the processes of a run.</param>
/// <param name="machine">The machine that it runs on.</param>
/// <param name="network">The network.</param>
internal class NetworkedProcess(string name, int number, Machine machine, SimulatedNetwork network)
    : SimulatedProcess(name, number)
{
    private readonly NetworkRef?[] _references = new NetworkRef?[network.Endpoints.Count];

    public Machine Machine { get; } = machine;

    /// <summary>This process's reference to an endpoint.</summary>
    public IActorRef RefTo(Endpoint endpoint) =>
        _references[endpoint.Number] ??= new NetworkRef(network, this, endpoint);
}
