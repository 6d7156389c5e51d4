using System.Buffers;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Checks;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>
/// A snapshot contains the state that the committed commands up to it produce (Raft §7): a separate state machine, which is
/// never restored, applies all of them and writes the same bytes.
/// </summary>
/// <param name="workload">Creates state machines.</param>
internal sealed class StateReplay(Workload workload)
{
    public const string Name = "snapshots equal a replay";

    private readonly List<(LogIndex Index, ReadOnlyMemory<byte> Command)> _commands = [];
    private IStateMachine _machine = workload.CreateStateMachine();
    private int _replayed;

    public long Examined { get; private set; }

    public void OnApplied(LogIndex index, ReadOnlyMemory<byte> command)
    {
        if (_commands.Count == 0 || index > _commands[^1].Index) _commands.Add((index, command));
    }

    /// <param name="node">The node that wrote or read the snapshot.</param>
    /// <param name="lastCommand">The index of the last command in it.</param>
    /// <param name="snapshot">Its bytes.</param>
    public Violation? Compare(NodeView node, LogIndex lastCommand, ReadOnlySpan<byte> snapshot)
    {
        Examined++;
        if (_replayed > 0 && _commands[_replayed - 1].Index > lastCommand)
            (_machine, _replayed) = (workload.CreateStateMachine(), 0);
        while (_replayed < _commands.Count && _commands[_replayed].Index <= lastCommand)
        {
            _machine.Apply(_commands[_replayed].Index, _commands[_replayed].Command);
            _replayed++;
        }

        var expected = new ArrayBufferWriter<byte>();
        _machine.TakeSnapshot(expected);
        return expected.WrittenSpan.SequenceEqual(snapshot)
            ? null
            : new Violation(
                Name,
                "Raft §7, dissertation §5.1",
                $"the commands up to index {lastCommand} lead to a state of {expected.WrittenCount} bytes",
                $"{node} has another one of {snapshot.Length} bytes after them");
    }
}
