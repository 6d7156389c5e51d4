using Akka.Actor;
using Akka.Serialization;
using Raft.Simulation.Engine;
using Raft.Simulation.Traces;

namespace Raft.Simulation.Network;

/// <summary>
/// The network between machines. Without faults it behaves like Akka.Remote: a message arrives once and in order, or not at
/// all. Faults make it lose, delay, duplicate and reorder messages, which Raft must tolerate (§5.1).
/// </summary>
internal sealed class SimulatedNetwork(
    EventLoop loop, ExtendedActorSystem system, SeededRandom random, Latency latency, INetworkObserver observer)
{
    /// <summary>The maximum duration of a delayed message.</summary>
    public static readonly TimeSpan LongDelay = TimeSpan.FromSeconds(2);

    private readonly Serialization _serialization = system.Serialization;
    private readonly List<Endpoint> _endpoints = [];
    private readonly Dictionary<string, Endpoint> _byPath = [];
    private Link[,] _links = new Link[0, 0];

    public ExtendedActorSystem System { get; } = system;

    public IReadOnlyList<Endpoint> Endpoints => _endpoints;

    /// <summary>The rule of a scenario, which decides first what happens to a message.</summary>
    public Func<Packet, Verdict> Rule { get; set; } = _ => Verdict.Pass;

    /// <summary>The held messages, in the order in which they were sent.</summary>
    public List<Packet> Kept { get; } = [];

    public Link this[Machine from, Machine to] => _links[from.Number, to.Number];

    public Endpoint Add(Machine machine, string path, Func<IActorRef> actor)
    {
        var endpoint = new Endpoint(machine, _endpoints.Count, $"akka.tcp://raft@{machine.Name}:4053/user/{path}", actor);
        _endpoints.Add(endpoint);
        _byPath.Add(endpoint.Path.ToSerializationFormat(), endpoint);
        return endpoint;
    }

    /// <summary>Creates a link from every machine to every other.</summary>
    public void Connect(int machines)
    {
        _links = new Link[machines, machines];
        for (var from = 0; from < machines; from++)
        {
            for (var to = 0; to < machines; to++) _links[from, to] = new Link();
        }
    }

    /// <summary>Returns the endpoint with this address; null if there is none.</summary>
    public Endpoint? Find(string path) => _byPath.GetValueOrDefault(path);

    public void Send(NetworkedProcess origin, IActorRef sender, Endpoint to, object message)
    {
        if (origin.IsDead) return;
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerFor(message);
        var bytes = serializer.ToBinary(message);
        var from = origin.Machine.EndpointOf(sender);
        var replyTo = (sender as NetworkRef)?.Endpoint ?? from;
        var packet = new Packet(from, to, replyTo, message, serializer, serializer.Manifest(message), bytes, loop.Now);
        loop.Record(bytes);
        observer.OnSent(packet);
        switch (Rule(packet))
        {
            case Verdict.Drop: observer.OnEnded(packet, MessageFate.Lost, arrival: null); break;
            case Verdict.Keep: Kept.Add(packet); break;
            default: Transmit(packet); break;
        }
    }

    /// <summary>Sends a message, subject to the current faults.</summary>
    public void Transmit(Packet packet)
    {
        var link = this[packet.From.Machine, packet.To.Machine];
        if (link.Cuts > 0)
        {
            observer.OnEnded(packet, MessageFate.Cut, arrival: null);
        }
        else if (random.Chance(link.Loss))
        {
            observer.OnEnded(packet, MessageFate.Lost, arrival: null);
        }
        else
        {
            Travel(link, packet);
            if (packet.MayBeDuplicated && random.Chance(link.Duplication)) Travel(link, packet);
        }
    }

    private void Travel(Link link, Packet packet)
    {
        var arrival = loop.Now + latency.Draw(random) + link.Slowness;
        if (random.Chance(link.Delay)) arrival += random.Between(TimeSpan.Zero, LongDelay);
        if (random.Chance(link.Reordering)) arrival += random.Between(TimeSpan.Zero, 20 * latency.Max);
        else arrival = link.LastArrival = arrival < link.LastArrival ? link.LastArrival : arrival;

        link.UnderWay++;
        observer.OnUnderWay(packet, link.UnderWay);
        loop.Schedule(arrival - loop.Now, new Arrival(this, link, packet));
    }

    private void Arrive(Link link, Packet packet)
    {
        link.UnderWay--;
        if (link.Cuts > 0)
        {
            observer.OnEnded(packet, MessageFate.Cut, loop.Now);
        }
        else if (packet.To.Machine.Process is not { } process)
        {
            observer.OnEnded(packet, MessageFate.ReceiverDown, loop.Now);
        }
        else
        {
            var message = packet.Serializer.FromBinary(packet.Bytes, packet.Manifest);
            observer.OnDelivered(packet, message);
            packet.To.Actor.Tell(message, process.RefTo(packet.ReplyTo));
        }
    }

    private sealed class Arrival(SimulatedNetwork network, Link link, Packet packet) : TimedEvent
    {
        public override void Fire() => network.Arrive(link, packet);
    }
}

/// <summary>Observes the network.</summary>
internal interface INetworkObserver
{
    void OnSent(Packet packet);

    void OnUnderWay(Packet packet, int count);

    /// <summary>The message arrives; <paramref name="message"/> is the decoded message.</summary>
    void OnDelivered(Packet packet, object message);

    /// <summary>The message does not arrive.</summary>
    void OnEnded(Packet packet, MessageFate fate, TimeSpan? arrival);
}
