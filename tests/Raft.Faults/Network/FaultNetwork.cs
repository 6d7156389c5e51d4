namespace Raft.Faults.Network;

/// <summary>One way between two places: from an address to a node.</summary>
/// <param name="From">The address that packets come from.</param>
/// <param name="To">Number of the node that they come to, from 0 on.</param>
internal readonly record struct Way(string From, int To);

/// <summary>
/// The network that <c>tests/faults/run</c> has made: a namespace for each node, on a bridge to the clients' one. Packets are
/// dropped where they come in, so each way between two nodes is cut by itself.
/// </summary>
/// <param name="name">What the namespaces' names begin with.</param>
internal sealed class FaultNetwork(string name)
{
    /// <summary>Where the clients are.</summary>
    public const string ClientsAddress = "10.77.0.1";

    /// <summary>Where the lighthouse is.</summary>
    public const string LighthouseAddress = "10.77.0.21";

    /// <summary>Packets vanish.</summary>
    public const string Drop = "-j DROP";

    /// <summary>One packet of five vanishes.</summary>
    public const string DropOneOfFive = "-m statistic --mode random --probability 0.2 -j DROP";

    /// <summary>Connections are reset.</summary>
    public const string Reset = "-p tcp -j REJECT --reject-with tcp-reset";

    /// <summary>A node's address.</summary>
    /// <param name="node">Its number, from 0 on.</param>
    public static string AddressOf(int node) => $"10.77.0.{11 + node}";

    /// <summary>Both ways between each node of one group and each of another.</summary>
    public static IEnumerable<Way> Between(IEnumerable<int> some, IEnumerable<int> others) =>
        some.SelectMany(a => others.SelectMany(b => new[] { new Way(AddressOf(a), b), new Way(AddressOf(b), a) }));

    /// <summary>A command that runs the one after it where the lighthouse is.</summary>
    public IReadOnlyList<string> EnterLighthouse => Enter("lighthouse");

    /// <summary>A command that runs the one after it where a node is.</summary>
    /// <param name="node">The node's number.</param>
    public IReadOnlyList<string> EnterNode(int node) => Enter($"n{node + 1}");

    /// <summary>Adds a rule for packets on some ways.</summary>
    /// <param name="rule">What becomes of them: the end of an iptables rule.</param>
    /// <param name="ways">The ways.</param>
    public Task AddAsync(string rule, IEnumerable<Way> ways) => Task.WhenAll(ways
        .GroupBy(way => way.To, way => $"-A INPUT -s {way.From} {rule}\n")
        .Select(lines => RestoreAsync(lines.Key, string.Concat(lines))));

    /// <summary>Takes all rules away.</summary>
    public Task HealAsync(int nodes) => Task.WhenAll(Enumerable.Range(0, nodes).Select(node => RestoreAsync(node, "-F INPUT\n")));

    // ip netns exec would hide the control groups.
    private string[] Enter(string place) => ["nsenter", $"--net=/run/netns/{name}-{place}"];

    private Task RestoreAsync(int node, string rules) =>
        Shell.RunAsync([.. EnterNode(node), "iptables-restore", "--noflush"], $"*filter\n{rules}COMMIT\n");
}
