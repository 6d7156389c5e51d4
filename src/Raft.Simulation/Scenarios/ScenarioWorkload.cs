using System.Buffers;
using System.Text;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>The workload of a scenario, which sends the requests itself.</summary>
/// <param name="stateMachine">Creates an empty state machine.</param>
internal sealed class ScenarioWorkload(Func<IStateMachine> stateMachine) : Workload
{
    public override IStateMachine CreateStateMachine() => stateMachine();

    public override Request NextRequest(int client, Random random) =>
        throw new InvalidOperationException("The clients of a scenario send no requests by themselves.");

    public override string Describe(ReadOnlyMemory<byte> command) => Encoding.UTF8.GetString(command.Span);
}

/// <summary>Stores the texts of all commands.</summary>
internal sealed class TextMachine : IStateMachine
{
    private readonly List<string> _applied = [];

    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command)
    {
        var text = Encoding.UTF8.GetString(command.Span);
        _applied.Add(text);
        return Encoding.UTF8.GetBytes($"{index}:{text}");
    }

    public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => Encoding.UTF8.GetBytes(string.Join(' ', _applied));

    public void TakeSnapshot(IBufferWriter<byte> snapshot) => Encoding.UTF8.GetBytes(string.Join(' ', _applied), snapshot);

    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        _applied.Clear();
        _applied.AddRange(Encoding.UTF8.GetString(snapshot).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
