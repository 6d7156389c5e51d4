using System.Buffers;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Host.Tests.Http;

/// <summary>A state machine that fails at its first command, so that its node halts.</summary>
internal sealed class BrokenMachine : IStateMachine
{
    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command) =>
        throw new NotSupportedException("out of order");

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => default;

    public void TakeSnapshot(IBufferWriter<byte> snapshot) => throw new NotSupportedException("out of order");

    public void Restore(ReadOnlySequence<byte> snapshot) => throw new NotSupportedException("out of order");
}
