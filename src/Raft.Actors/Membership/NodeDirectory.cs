using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// The addresses of nodes. It is only an address book: Raft alone decides which nodes are members of a group. A node keeps its
/// last known address until a newer one is reported, so nodes still find each other while nothing reports addresses. An address
/// belongs to one node, the one that reported it last. An address that was fixed by configuration never changes. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var directory = new NodeDirectory(RaftMember.ParseList("n1=10.0.0.1:4053,n2=10.0.0.2:4053"));
/// directory.Put(RaftMember.Parse("n2=10.0.0.7:4053"));
/// </code>
/// </example>
public sealed class NodeDirectory
{
    /// <summary>The maximum number of nodes; further nodes are ignored. It is a multiple of the size of any group.</summary>
    public const int MaxNodes = 256;

    private readonly ConcurrentDictionary<NodeId, RaftMember> _addresses = new();
    private readonly HashSet<NodeId> _fixed = [];
    private readonly Lock _changes = new();
    private volatile IReadOnlyList<RaftMember> _known = [];

    /// <summary>Creates a directory.</summary>
    /// <param name="known">The initial addresses.</param>
    public NodeDirectory(IEnumerable<RaftMember> known)
    {
        foreach (var member in known) Put(member);
    }

    /// <summary>Raised when a node gets an address or a different one, on the thread that reported it.</summary>
    internal event Action<RaftMember>? Changed;

    /// <summary>All nodes that have an address, ordered by name.</summary>
    public IReadOnlyList<RaftMember> Known => _known;

    /// <summary>The address of a node; null if it is unknown.</summary>
    /// <param name="node">The node.</param>
    public RaftMember? Find(NodeId node) => _addresses.GetValueOrDefault(node);

    /// <summary>
    /// Records a node's newest address. Nothing changes if the node or the address is fixed, or if a new node would exceed
    /// <see cref="MaxNodes"/>.
    /// </summary>
    /// <param name="member">The node and its address.</param>
    public void Put(RaftMember member)
    {
        lock (_changes)
        {
            if (_fixed.Contains(member.Id) || _known.Any(m => m.Address == member.Address && _fixed.Contains(m.Id))) return;
            if (_addresses.Count >= MaxNodes && !_addresses.ContainsKey(member.Id)) return;
            if (!TrySet(member)) return;
        }

        Changed?.Invoke(member);
    }

    /// <summary>Fixes a configured address. Later reports that name this node or this address are ignored.</summary>
    /// <param name="member">The node and its address.</param>
    internal void Fix(RaftMember member)
    {
        lock (_changes)
        {
            _fixed.Add(member.Id);
            if (!TrySet(member)) return;
        }

        Changed?.Invoke(member);
    }

    private bool TrySet(RaftMember member)
    {
        if (Find(member.Id) == member) return false;
        foreach (var former in _known.Where(m => m.Id != member.Id && m.Address == member.Address))
            _addresses.Remove(former.Id, out _);
        _addresses[member.Id] = member;
        _known = [.. _addresses.Values.OrderBy(m => m.Id.Value, StringComparer.Ordinal)];
        return true;
    }
}
