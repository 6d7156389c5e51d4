using System.IO.Hashing;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Applying;

/// <summary>
/// All state machines take the same steps: after each start, each node applies the same commands at the same indexes with the
/// same results, in order and without a gap, from the first command or from a snapshot on (Raft §5.3, §7; the state machine is
/// deterministic, §2).
/// </summary>
internal sealed class AppliedPrefixes : Check
{
    private readonly List<Step> _steps = [];
    private readonly PerNode<Way> _ways = new();

    /// <inheritdoc/>
    public override string Name => "applied prefixes";

    /// <inheritdoc/>
    public override string Source => "Raft §2, §5.3";

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    {
        Examine();
        var way = _ways[node];
        if (way.Incarnation != node.State.Incarnation)
            (way.Incarnation, way.Steps, way.LastIndex) = (node.State.Incarnation, 0, LogIndex.Zero);
        if (index <= way.LastIndex)
            throw Violated($"{node} applied index {way.LastIndex}", $"it applied index {index} after it");
        way.LastIndex = index;

        var step = new Step(
            node.Id, index, XxHash3.HashToUInt64(command.Span), XxHash3.HashToUInt64(result.Span));
        if (way.Steps == _steps.Count) _steps.Add(step);
        else Compare(_steps[way.Steps], step, way.Steps + 1);
        way.Steps++;
    }

    /// <inheritdoc/>
    public override void OnRestored(ClusterView cluster, NodeView node, LogIndex lastCommand)
    {
        Examine();
        var way = _ways[node];
        var steps = _steps.FindLastIndex(step => step.Index <= lastCommand) + 1;
        if (lastCommand > LogIndex.Zero && (steps == 0 || _steps[steps - 1].Index != lastCommand))
            throw Violated(
                $"no node has applied a command at index {lastCommand}",
                $"the state of {node} came from a snapshot whose last command was there");
        (way.Incarnation, way.Steps, way.LastIndex) = (node.State.Incarnation, steps, lastCommand);
    }

    private void Compare(Step first, Step now, int number)
    {
        if (first.Index != now.Index)
            throw Violated(
                $"{first.Node} applied its command number {number} at index {first.Index}",
                $"{now.Node} applied its own at index {now.Index}");
        if (first.Command != now.Command)
            throw Violated(
                $"{first.Node} applied a command of hash {first.Command:x16} at index {first.Index}",
                $"{now.Node} applied one of hash {now.Command:x16} there");
        if (first.Result != now.Result)
            throw Violated(
                $"{first.Node} applied index {first.Index} with a result of hash {first.Result:x16}",
                $"{now.Node} applied the same command with a result of hash {now.Result:x16}");
    }

    private readonly record struct Step(NodeId Node, LogIndex Index, ulong Command, ulong Result);

    private sealed class Way
    {
        public int Incarnation { get; set; }

        public int Steps { get; set; }

        public LogIndex LastIndex { get; set; }
    }
}
