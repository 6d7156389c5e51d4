using System.Buffers;
using System.Buffers.Binary;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Simulation.Clusters;

/// <summary>
/// Wraps the user's state machine and observes it. Its snapshots begin with the index of the last command, which tells what a
/// restored state contains.
/// </summary>
internal sealed class ObservedStateMachine(SimulatedWorld world, SimulatedNode node) : IStateMachine
{
    private readonly IStateMachine _machine = world.Workload.CreateStateMachine();
    private LogIndex _lastCommand = LogIndex.Zero;

    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
    {
        var result = _machine.Apply(index, command);
        _lastCommand = index;
        world.Observer.OnApplied(node.View, index, command, result, _machine);
        return result;
    }

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => _machine.Query(query);

    public void TakeSnapshot(IBufferWriter<byte> snapshot)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _machine.TakeSnapshot(bytes);
        world.Observer.OnSnapshot(node.View, _lastCommand, bytes.WrittenSpan, restored: null);
        BinaryPrimitives.WriteInt64LittleEndian(snapshot.GetSpan(sizeof(long)), _lastCommand.Value);
        snapshot.Advance(sizeof(long));
        snapshot.Write(bytes.WrittenSpan);
    }

    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        var bytes = snapshot.ToArray();
        _machine.Restore(snapshot.Slice(sizeof(long)));
        _lastCommand = new LogIndex(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        var restored = new ArrayBufferWriter<byte>();
        _machine.TakeSnapshot(restored);
        world.Observer.OnSnapshot(node.View, _lastCommand, restored.WrittenSpan, _machine);
    }
}
