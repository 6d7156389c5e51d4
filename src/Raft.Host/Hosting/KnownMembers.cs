using System.Collections.Immutable;
using Raft.Actors.Membership;
using Raft.Programs.Addresses;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// The addresses of the Akka cluster's members that a node saw last, in a file of its data folder: one a line,
/// <c>n1=10.0.0.2:4053</c> for a Raft node and <c>10.0.0.9:4053</c> for any other process. A node that starts while every
/// lighthouse is down finds the others by it.
/// </summary>
internal sealed class KnownMembers
{
    private readonly string _file;
    private volatile Content _content = new([], []);

    private KnownMembers(string file) => _file = file;

    /// <summary>Raft nodes, each with the address that it had last.</summary>
    public IReadOnlyList<RaftMember> Nodes => _content.Nodes;

    /// <summary>Where all of them are reached.</summary>
    public IReadOnlyList<HostPort> Addresses =>
        [.. _content.Nodes.Select(n => new HostPort(n.Host, n.Port)).Concat(_content.Others).Distinct()];

    /// <summary>Reads the file. One that is missing or damaged counts as empty: it only saves time.</summary>
    public static KnownMembers Read(string file)
    {
        var known = new KnownMembers(file);
        try
        {
            var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            known._content = new Content(
                [.. lines.Where(IsNode).Select(RaftMember.Parse)], [.. lines.Where(l => !IsNode(l)).Select(HostPort.ParseReachable)]);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            ConsoleLogger.Warn($"{file} is ignored: {e.Message}");
        }

        return known;
    }

    /// <summary>
    /// Takes note of the members of the moment. A Raft node that is not among them keeps its last address; more than a directory
    /// holds are not kept.
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
