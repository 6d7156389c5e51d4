using System.Collections.Immutable;
using Raft.Actors.Protocol;

namespace Raft.Host.Dev;

/// <summary>The cut links between nodes. A link is always cut in both directions. Thread-safe.</summary>
internal sealed class DevLinks
{
    private readonly Lock _changes = new();
    private volatile ImmutableHashSet<(NodeId From, NodeId To)> _cuts = [];
    private volatile ImmutableDictionary<int, NodeId> _ports = ImmutableDictionary<int, NodeId>.Empty;

    /// <summary>The cut links by name, each once.</summary>
    public IEnumerable<(NodeId From, NodeId To)> Cuts =>
        _cuts.OrderBy(c => c.From.Value, StringComparer.Ordinal).ThenBy(c => c.To.Value, StringComparer.Ordinal);

    /// <summary>Registers the port of a node on this machine.</summary>
    public void Know(NodeId node, int port)
    {
        lock (_changes) _ports = _ports.SetItem(port, node);
    }

    /// <summary>Cuts a link. Does nothing if it is already cut.</summary>
    public void Cut(NodeId a, NodeId b)
    {
        lock (_changes) _cuts = _cuts.Add(Link(a, b));
    }

    /// <summary>Heals a link.</summary>
    public void Heal(NodeId a, NodeId b)
    {
        lock (_changes) _cuts = _cuts.Remove(Link(a, b));
    }

    /// <summary>Heals all links.</summary>
    public void HealAll()
    {
        lock (_changes) _cuts = [];
    }

    /// <summary>Returns whether the link from a node to a port is cut.</summary>
    public bool IsCut(NodeId from, int? port) =>
        !_cuts.IsEmpty && port is { } known && _ports.TryGetValue(known, out var to) && _cuts.Contains(Link(from, to));

    private static (NodeId From, NodeId To) Link(NodeId a, NodeId b) =>
        string.CompareOrdinal(a.Value, b.Value) < 0 ? (a, b) : (b, a);
}
