namespace Raft.Faults.Network;

/// <summary>One direction between two places: from an address to a node.</summary>
/// <param name="From">The source address of the packets.</param>
/// <param name="To">The number of the receiving node, from 0.</param>
internal readonly record struct Way(string From, int To);

/// <summary>
/// The network that <c>tests/faults/run</c> created: a namespace for each node, connected by a bridge in the namespace of the
/// clients. Packets are dropped where they arrive, so each direction between two nodes can be cut separately.
/// </summary>
/// <param name="name">The prefix of the namespaces' names.</param>
internal sealed class FaultNetwork(string name)
{
    /// <summary>The address of the clients.</summary>
    public const string ClientsAddress = "10.77.0.1";

    /// <summary>The address of the lighthouse.</summary>
    public const string LighthouseAddress = "10.77.0.21";

    /// <summary>Drops packets.</summary>
    public const string Drop = "-j DROP";

    /// <summary>Drops one in five packets.</summary>
    public const string DropOneOfFive = "-m statistic --mode random --probability 0.2 -j DROP";

    /// <summary>Resets connections.</summary>
    public const string Reset = "-p tcp -j REJECT --reject-with tcp-reset";

    /// <summary>Returns the address of a node.</summary>
    /// <param name="node">Its number, from 0.</param>
    public static string AddressOf(int node) => $"10.77.0.{11 + node}";

    /// <summary>Returns both directions between each node of one group and each of another.</summary>
    public static IEnumerable<Way> Between(IEnumerable<int> some, IEnumerable<int> others) =>
        some.SelectMany(a => others.SelectMany(b => new[] { new Way(AddressOf(a), b), new Way(AddressOf(b), a) }));

    /// <summary>A command prefix that runs a command in the lighthouse's namespace.</summary>
    public IReadOnlyList<string> EnterLighthouse => Enter("lighthouse");

    /// <summary>A command prefix that runs a command in a node's namespace.</summary>
    /// <param name="node">The node's number.</param>
    public IReadOnlyList<string> EnterNode(int node) => Enter($"n{node + 1}");

    /// <summary>Adds a rule for packets in some directions.</summary>
    /// <param name="rule">What happens to them: the end of an iptables rule.</param>
    /// <param name="ways">The directions.</param>
    public Task AddAsync(string rule, IEnumerable<Way> ways) => Task.WhenAll(ways
        .GroupBy(way => way.To, way => $"-A INPUT -s {way.From} {rule}\n")
        .Select(lines => RestoreAsync(lines.Key, string.Concat(lines))));

    /// <summary>Removes all rules.</summary>
    public Task HealAsync(int nodes) => Task.WhenAll(Enumerable.Range(0, nodes).Select(node => RestoreAsync(node, "-F INPUT\n")));

    // ip netns exec would hide the control groups.
    private string[] Enter(string place) => ["nsenter", $"--net=/run/netns/{name}-{place}"];

    private Task RestoreAsync(int node, string rules) =>
        Shell.RunAsync([.. EnterNode(node), "iptables-restore", "--noflush"], $"*filter\n{rules}COMMIT\n");
}
