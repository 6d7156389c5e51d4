using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// Where nodes are reached: an address book, and no more. Raft alone decides who is a member of a group; who is in here only has
/// an address. An address that a node had stays until a newer one is known, so that nodes find each other while nobody tells
/// addresses; but an address belongs to one node, the one that was there last. An address that a person configured stays. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var directory = new NodeDirectory(RaftMember.ParseList("n1=10.0.0.1:4053,n2=10.0.0.2:4053"));
/// directory.Put(RaftMember.Parse("n2=10.0.0.7:4053"));
/// </code>
/// </example>
public sealed class NodeDirectory
{
    /// <summary>Nodes that are taken note of; further names are not. A multiple of what a group has.</summary>
    public const int MaxNodes = 256;

    private readonly ConcurrentDictionary<NodeId, RaftMember> _addresses = new();
    private readonly HashSet<NodeId> _fixed = [];
    private readonly Lock _changes = new();
    private volatile IReadOnlyList<RaftMember> _known = [];

    /// <summary>Makes a directory.</summary>
    /// <param name="known">Addresses that are known already.</param>
    public NodeDirectory(IEnumerable<RaftMember> known)
    {
        foreach (var member in known) Put(member);
    }

    /// <summary>Told whenever an address is new or another one than before, by the thread that put it in.</summary>
    internal event Action<RaftMember>? Changed;

    /// <summary>All nodes that have an address, by name.</summary>
    public IReadOnlyList<RaftMember> Known => _known;

    /// <summary>Where a node is reached; null where nobody has said so yet.</summary>
    /// <param name="node">The node.</param>
    public RaftMember? Find(NodeId node) => _addresses.GetValueOrDefault(node);

    /// <summary>
    /// Takes note of a node's newest address. Nothing changes where it, or the address, is fixed, nor for a new node where there are
    /// <see cref="MaxNodes"/> already.
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

    /// <summary>
    /// Takes note of an address that a person configured: whoever says later that he is this node, or is at its address, is not believed.
    /// </summary>
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
        foreach (var former in _known.Where(m => m.Id != member.Id && m.Address == member.Address)) _addresses.Remove(former.Id, out _);
        _addresses[member.Id] = member;
        _known = [.. _addresses.Values.OrderBy(m => m.Id.Value, StringComparer.Ordinal)];
        return true;
    }
}
