using Raft.Simulation.Network;

namespace Raft.Simulation.Scenarios;

/// <summary>What is wrong with the network.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Cuts the links between groups of machines, in both directions. Messages under way are lost.</summary>
    /// <param name="groups">For example <c>n1 n2 | n3 n4 n5</c>. Machines that are not named reach everybody.</param>
    public void Partition(string groups)
    {
        var parts = groups.Split('|').Select(Machines).ToArray();
        if (parts.Length < 2 || parts.Any(part => part.Length == 0))
            throw new ArgumentException($"'{groups}' does not name the sides of a partition; write for example 'n1 n2 | n3'.");
        foreach (var part in parts) _network.Cut(part, parts.Where(other => other != part).SelectMany(other => other));
        Settle();
    }

    /// <summary>Cuts links in one direction: what <paramref name="from"/> sends to <paramref name="to"/> is lost.</summary>
    /// <param name="from">For example <c>n1</c>.</param>
    /// <param name="to">For example <c>n2 n3</c>.</param>
    public void PartitionOneWay(string from, string to)
    {
        _network.Cut(Machines(from), Machines(to));
        Settle();
    }

    /// <summary>Cuts these nodes off from all other nodes, and from each other. Clients still reach them.</summary>
    /// <param name="nodes">For example <c>n1</c>.</param>
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
    /// The network is whole again: no partition, nothing is dropped, nothing more is held. What is held already stays so until
    /// it is delivered.
    /// </summary>
    public void Heal()
    {
        _network.Heal();
        Settle();
    }

    /// <summary>Messages of this kind are lost from now on.</summary>
    /// <typeparam name="T">Their type; <c>object</c> for all.</typeparam>
    /// <param name="from">Senders; null for all.</param>
    /// <param name="to">Receivers; null for all.</param>
    /// <param name="where">Which of them; null for all.</param>
    public void Drop<T>(string? from = null, string? to = null, Predicate<T>? where = null) =>
        _network.Add(Filter(from, to, where), Verdict.Drop);

    /// <summary>Messages of this kind are kept from now on, until <see cref="Deliver"/> lets them go.</summary>
    /// <typeparam name="T">Their type; <c>object</c> for all.</typeparam>
    /// <param name="from">Senders; null for all.</param>
    /// <param name="to">Receivers; null for all.</param>
    /// <param name="where">Which of them; null for all.</param>
    public void Hold<T>(string? from = null, string? to = null, Predicate<T>? where = null) =>
        _network.Add(Filter(from, to, where), Verdict.Keep);

    /// <summary>Lets messages go that are held, in the order in which they were sent.</summary>
    /// <typeparam name="T">Their type; <c>object</c> for all.</typeparam>
    /// <param name="from">Senders; null for all.</param>
    /// <param name="to">Receivers; null for all.</param>
    /// <param name="where">Which of them; null for all.</param>
    /// <param name="times">How often each arrives.</param>
    /// <param name="keep">Whether a copy of each stays held.</param>
    /// <param name="reversed">Whether they arrive in the opposite order.</param>
    /// <exception cref="ScenarioException">No such message is held.</exception>
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
                $"a {typeof(T).Name} from {from ?? "anybody"} to {to ?? "anybody"} is expected to be held", "there is none");
        Settle();
    }

    /// <summary>Messages that are held now, in the order in which they were sent.</summary>
    /// <typeparam name="T">Their type; <c>object</c> for all.</typeparam>
    /// <param name="from">Senders; null for all.</param>
    /// <param name="to">Receivers; null for all.</param>
    public IReadOnlyList<T> Held<T>(string? from = null, string? to = null) =>
        [.. _network.Held.Where(Filter<T>(from, to, where: null).Matches).Select(p => (T)p.Message)];

    /// <summary>Messages sent since the beginning, or since <see cref="ForgetSent"/>, whatever became of them.</summary>
    /// <typeparam name="T">Their type; <c>object</c> for all.</typeparam>
    /// <param name="from">Senders; null for all.</param>
    /// <param name="to">Receivers; null for all.</param>
    public IReadOnlyList<T> Sent<T>(string? from = null, string? to = null) =>
        _network.Sent<T>(Filter<T>(from, to, where: null));

    /// <summary><see cref="Sent"/> begins anew.</summary>
    public void ForgetSent() => _network.ForgetSent();

    private MessageFilter Filter<T>(string? from, string? to, Predicate<T>? where) => new(
        typeof(T) == typeof(object) ? null : typeof(T),
        NamesOf(from),
        NamesOf(to),
        where is null ? null : message => where((T)message));

    private HashSet<string>? NamesOf(string? machines) => machines is null ? null : [.. Machines(machines).Select(m => m.Name)];
}
