using System.IO.Hashing;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Applying;

/// <summary>No two nodes apply different commands at the same index (Raft §5.4.3, Figure 3).</summary>
internal sealed class StateMachineSafety : Check
{
    /// <inheritdoc/>
    public override string Name => "state machine safety";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.3, Figure 3";

    private readonly Dictionary<LogIndex, (NodeId Node, ulong Hash)> _applied = [];

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    {
        Examine();
        var hash = XxHash3.HashToUInt64(command.Span);
        if (_applied.TryAdd(index, (node.Id, hash))) return;
        var first = _applied[index];
        if (first.Hash != hash)
            throw Violated(
                $"{first.Node} applied a command of hash {first.Hash:x16} at index {index}",
                $"{node} applied one of hash {hash:x16} there");
    }
}
