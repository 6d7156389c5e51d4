using System.Collections.Immutable;
using Raft.Actors.Membership;
using Raft.Programs.Addresses;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// The last known addresses of the processes of the Akka cluster, in a file in the data folder. Each line is an address:
/// <c>n1=10.0.0.2:4053</c> for a Raft node, <c>10.0.0.9:4053</c> for any other process. Through it, a node that starts while all
/// lighthouses are down finds the others.
/// </summary>
internal sealed class KnownMembers
{
    private readonly string _file;
    private volatile Content _content = new([], []);

    private KnownMembers(string file) => _file = file;

    /// <summary>The Raft nodes, each with its last address.</summary>
    public IReadOnlyList<RaftMember> Nodes => _content.Nodes;

    /// <summary>The addresses of all processes.</summary>
    public IReadOnlyList<HostPort> Addresses =>
        [.. _content.Nodes.Select(n => new HostPort(n.Host, n.Port)).Concat(_content.Others).Distinct()];

    /// <summary>Reads the file. A missing or damaged file counts as empty, because it only saves time.</summary>
    public static KnownMembers Read(string file)
    {
        var known = new KnownMembers(file);
        try
        {
            var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            known._content = new Content(
                [.. lines.Where(IsNode).Select(RaftMember.Parse)],
                [.. lines.Where(l => !IsNode(l)).Select(HostPort.ParseReachable)]);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            ProgramLog.Warn($"Ignoring {file}: {e.Message}");
        }

        return known;
    }

    /// <summary>
    /// Stores the current processes. A Raft node that is not among them keeps its last address. The number of addresses is
    /// limited to what a directory holds.
    /// </summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public void Put(IEnumerable<RaftMember> nodes, IEnumerable<HostPort> others)
    {
        var known = _content.Nodes.ToDictionary(n => n.Id);
        foreach (var node in nodes)
        {
            if (known.Count < NodeDirectory.MaxNodes || known.ContainsKey(node.Id)) known[node.Id] = node;
        }

        var content = new Content(
            [.. known.Values.OrderBy(n => n.Id.Value, StringComparer.Ordinal)],
            [.. others.Distinct().OrderBy(o => o.ToString(), StringComparer.Ordinal)]);
        if (content.Lines.SequenceEqual(_content.Lines)) return;
        _content = content;
        File.WriteAllLines(_file + ".new", content.Lines);
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private static bool IsNode(string line) => line.Contains('=', StringComparison.Ordinal);

    private sealed record Content(ImmutableArray<RaftMember> Nodes, ImmutableArray<HostPort> Others)
    {
        public IEnumerable<string> Lines => Nodes.Select(n => n.ToString()).Concat(Others.Select(o => o.ToString()));
    }
}
