using Raft.Simulation.Network;

namespace Raft.Simulation.Scenarios;

/// <summary>The faults of the network.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Cuts the links between groups of machines, in both directions. Messages in flight are lost.</summary>
    /// <param name="groups">The groups, such as <c>n1 n2 | n3 n4 n5</c>. Machines that are not named reach all others.</param>
    public void Partition(string groups)
    {
        var parts = groups.Split('|').Select(Machines).ToArray();
        if (parts.Length < 2 || parts.Any(part => part.Length == 0))
            throw new ArgumentException($"'{groups}' does not name the sides of a partition. Use a text such as 'n1 n2 | n3'.");
        foreach (var part in parts) _network.Cut(part, parts.Where(other => other != part).SelectMany(other => other));
        Settle();
    }

    /// <summary>Cuts links in one direction: messages from <paramref name="from"/> to <paramref name="to"/> are lost.</summary>
    /// <param name="from">The senders, such as <c>n1</c>.</param>
    /// <param name="to">The receivers, such as <c>n2 n3</c>.</param>
    public void PartitionOneWay(string from, string to)
    {
        _network.Cut(Machines(from), Machines(to));
        Settle();
    }

    /// <summary>Cuts these nodes off from all other nodes and from each other. Clients still reach them.</summary>
    /// <param name="nodes">The nodes, such as <c>n1</c>.</param>
    public void Isolate(string nodes)
    {
        foreach (var node in Nodes(nodes))
        {
            var others = _world.Nodes.Where(other => other != node).ToArray();
            _network.Cut([node], others);
            _network.Cut(others, [node]);
        }

        Settle();
    }

    /// <summary>
    /// Heals the network: ends all partitions, drops and holds no more messages. Messages that are already held stay held until
    /// they are delivered.
    /// </summary>
    public void Heal()
    {
        _network.Heal();
        Settle();
    }

    /// <summary>Drops matching messages from now on.</summary>
    /// <typeparam name="T">The type of the messages; <c>object</c> for all.</typeparam>
    /// <param name="from">The senders; null for all.</param>
    /// <param name="to">The receivers; null for all.</param>
    /// <param name="where">A condition on the message; null for all.</param>
    public void Drop<T>(string? from = null, string? to = null, Predicate<T>? where = null) =>
        _network.Add(Filter(from, to, where), Verdict.Drop);

    /// <summary>Holds matching messages from now on, until <see cref="Deliver"/> releases them.</summary>
    /// <typeparam name="T">The type of the messages; <c>object</c> for all.</typeparam>
    /// <param name="from">The senders; null for all.</param>
    /// <param name="to">The receivers; null for all.</param>
    /// <param name="where">A condition on the message; null for all.</param>
    public void Hold<T>(string? from = null, string? to = null, Predicate<T>? where = null) =>
        _network.Add(Filter(from, to, where), Verdict.Keep);

    /// <summary>Delivers held messages, in the order in which they were sent.</summary>
    /// <typeparam name="T">The type of the messages; <c>object</c> for all.</typeparam>
    /// <param name="from">The senders; null for all.</param>
    /// <param name="to">The receivers; null for all.</param>
    /// <param name="where">A condition on the message; null for all.</param>
    /// <param name="times">How many times each message is delivered.</param>
    /// <param name="keep">Whether a copy of each message stays held.</param>
    /// <param name="reversed">Whether they are delivered in reverse order.</param>
    /// <exception cref="ScenarioException">No matching message is held.</exception>
    public void Deliver<T>(
        string? from = null,
        string? to = null,
        Predicate<T>? where = null,
        int times = 1,
        bool keep = false,
        bool reversed = false)
    {
        if (_network.Deliver(Filter(from, to, where), times, keep, reversed) == 0)
            throw Failed(
                $"a {typeof(T).Name} from {from ?? "any machine"} to {to ?? "any machine"} is expected to be held",
                "there is none");
        Settle();
    }

    /// <summary>Returns the held messages, in the order in which they were sent.</summary>
    /// <typeparam name="T">The type of the messages; <c>object</c> for all.</typeparam>
    /// <param name="from">The senders; null for all.</param>
    /// <param name="to">The receivers; null for all.</param>
    public IReadOnlyList<T> Held<T>(string? from = null, string? to = null) =>
        [.. _network.Held.Where(Filter<T>(from, to, where: null).Matches).Select(p => (T)p.Message)];

    /// <summary>Returns the messages sent since the start, or since <see cref="ForgetSent"/>, delivered or not.</summary>
    /// <typeparam name="T">The type of the messages; <c>object</c> for all.</typeparam>
    /// <param name="from">The senders; null for all.</param>
    /// <param name="to">The receivers; null for all.</param>
    public IReadOnlyList<T> Sent<T>(string? from = null, string? to = null) =>
        _network.Sent<T>(Filter<T>(from, to, where: null));

    /// <summary>Forgets the messages that <see cref="Sent"/> returns.</summary>
    public void ForgetSent() => _network.ForgetSent();

    private MessageFilter Filter<T>(string? from, string? to, Predicate<T>? where) => new(
        typeof(T) == typeof(object) ? null : typeof(T),
        NamesOf(from),
        NamesOf(to),
        where is null ? null : message => where((T)message));

    private HashSet<string>? NamesOf(string? machines) => machines is null ? null : [.. Machines(machines).Select(m => m.Name)];
}
