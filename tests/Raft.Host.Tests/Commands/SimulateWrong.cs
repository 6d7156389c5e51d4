using System.Buffers;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Workloads;

namespace Raft.Host.Tests.Commands;

/// <summary>Applies any command; its check reports a violation from the third command on.</summary>
internal sealed class SimulateWrong : Workload
{
    public override IStateMachine CreateStateMachine() => new CountingMachine();

    public override Request NextRequest(int client, Random random) =>
        new(RequestType.Command, new[] { (byte)client }, "count");

    public override string? Examine(IStateMachine machine) =>
        ((CountingMachine)machine).Count > 2 ? "three is too many" : null;

    private sealed class CountingMachine : IStateMachine
    {
        public int Count { get; private set; }

        public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
        {
            Count++;
            return Query(default);
        }

        public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => BitConverter.GetBytes(Count);

        public void TakeSnapshot(IBufferWriter<byte> snapshot) => snapshot.Write(BitConverter.GetBytes(Count));

        public void Restore(ReadOnlySequence<byte> snapshot) => Count = BitConverter.ToInt32(snapshot.ToArray());
    }
}
