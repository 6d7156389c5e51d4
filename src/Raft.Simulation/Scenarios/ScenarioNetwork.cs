using Raft.Simulation.Network;

namespace Raft.Simulation.Scenarios;

/// <summary>A scenario's control of the network: cut links, lost and held messages, and everything that was sent.</summary>
internal sealed class ScenarioNetwork
{
    private readonly SimulatedNetwork _network;
    private readonly List<(MessageFilter Filter, Verdict Verdict)> _rules = [];
    private readonly List<Link> _cuts = [];
    private readonly List<Packet> _sent = [];

    public ScenarioNetwork(SimulatedNetwork network)
    {
        _network = network;
        _network.Rule = Judge;
    }

    public IReadOnlyList<Packet> Held => _network.Kept;

    public void Cut(IEnumerable<Machine> from, IEnumerable<Machine> to)
    {
        foreach (var link in from.SelectMany(one => to.Select(other => _network[one, other])))
        {
            link.Cuts++;
            _cuts.Add(link);
        }
    }

    /// <summary>If several rules match a message, the latest one applies.</summary>
    public void Add(MessageFilter filter, Verdict verdict) => _rules.Insert(0, (filter, verdict));

    public void Heal()
    {
        foreach (var link in _cuts) link.Cuts--;
        _cuts.Clear();
        _rules.Clear();
    }

    /// <summary>Delivers the held messages that match.</summary>
    /// <returns>The number of delivered messages.</returns>
    public int Deliver(MessageFilter filter, int times, bool keep, bool reversed)
    {
        var packets = _network.Kept.Where(filter.Matches).ToArray();
        if (!keep) _network.Kept.RemoveAll(packets.Contains);
        if (reversed) Array.Reverse(packets);
        foreach (var packet in packets)
        {
            for (var i = 0; i < times; i++) _network.Transmit(packet);
        }

        return packets.Length;
    }

    public IReadOnlyList<T> Sent<T>(MessageFilter filter) => [.. _sent.Where(filter.Matches).Select(p => (T)p.Message)];

    public void ForgetSent() => _sent.Clear();

    private Verdict Judge(Packet packet)
    {
        _sent.Add(packet);
        foreach (var (filter, verdict) in _rules)
        {
            if (filter.Matches(packet)) return verdict;
        }

        return Verdict.Pass;
    }
}

/// <summary>Selects messages.</summary>
/// <param name="Kind">Their type; null for all.</param>
/// <param name="From">Names of the senders; null for all.</param>
/// <param name="To">Names of the receivers; null for all.</param>
/// <param name="Where">A condition on the message; null for all.</param>
internal sealed record MessageFilter(
    Type? Kind, IReadOnlySet<string>? From, IReadOnlySet<string>? To, Predicate<object>? Where)
{
    public bool Matches(Packet packet) =>
        Kind?.IsInstanceOfType(packet.Message) != false
        && From?.Contains(packet.From.Machine.Name) != false
        && To?.Contains(packet.To.Machine.Name) != false
        && Where?.Invoke(packet.Message) != false;
}
