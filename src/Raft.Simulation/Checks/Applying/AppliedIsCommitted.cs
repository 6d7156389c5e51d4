using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Applying;

/// <summary>
/// A node applies only committed entries, and applies the command that its own log has at that index (Raft §5.3).
/// </summary>
internal sealed class AppliedIsCommitted : Check
{
    /// <inheritdoc/>
    public override string Name => "applied is committed";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, Figure 2";

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    {
        Examine();
        if (index > node.State.CommitIndex)
            throw Violated($"{node} has committed up to {node.State.CommitIndex}", $"it applied a command at index {index}");
        if (node.Log.TermAt(index) is null) return;
        var entry = node.Log[index];
        if (entry.Kind != EntryKind.Command || !entry.Command.Span.SequenceEqual(command.Span))
            throw Violated(
                $"entry {index} of {node} is a {entry.Kind} of term {entry.Term} with {entry.Command.Length} bytes",
                $"it applied another command of {command.Length} bytes there");
    }
}
