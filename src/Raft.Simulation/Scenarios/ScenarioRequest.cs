using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>A request of a scenario, and what came of it. Each expectation first lets the cluster come to rest.</summary>
public sealed class ScenarioRequest
{
    private readonly SimulatedCluster _cluster;
    private readonly Operation _operation;

    internal ScenarioRequest(SimulatedCluster cluster, Operation operation) => (_cluster, _operation) = (cluster, operation);

    /// <summary>How it ended, or that it did not yet.</summary>
    public OperationOutcome Outcome => _operation.Outcome;

    /// <summary>What the node answered; null before, and for a request of a real client.</summary>
    public ClientReply? Reply { get; private set; }

    /// <summary>It was done: a command is committed and applied, a query answered.</summary>
    /// <param name="result">What the state machine returned, as text; null where that does not matter.</param>
    /// <exception cref="ScenarioException">It was not, or the result is another.</exception>
    public void ExpectDone(string? result = null)
    {
        Expect(OperationOutcome.Done);
        var text = Encoding.UTF8.GetString(_operation.Result.Span);
        if (result is not null && text != result)
            throw _cluster.Failed($"{this} is expected to give '{result}'", $"it gave '{text}'");
    }

    /// <summary>Nothing was and nothing will be done.</summary>
    /// <exception cref="ScenarioException">It ended otherwise, or not yet.</exception>
    public void ExpectUnavailable() => Expect(OperationOutcome.NotDone);

    /// <summary>Nobody knows whether it was done, or will be.</summary>
    /// <exception cref="ScenarioException">It ended otherwise, or not yet.</exception>
    public void ExpectUnknown() => Expect(OperationOutcome.Unknown);

    /// <summary>It has no answer yet.</summary>
    /// <exception cref="ScenarioException">It ended.</exception>
    public void ExpectUnderWay() => Expect(OperationOutcome.UnderWay);

    /// <summary>The node answered with this reply.</summary>
    /// <typeparam name="T">The reply's type, for example <see cref="Overloaded"/>.</typeparam>
    /// <exception cref="ScenarioException">It answered otherwise, or not yet.</exception>
    public T ExpectReply<T>()
        where T : ClientReply
    {
        _cluster.Settle();
        return Reply as T
            ?? throw _cluster.Failed($"{this} is expected to be answered with {typeof(T).Name}", $"the answer is {Show()}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"'{_operation.Request.Text}'";

    internal void End(ClientReply reply)
    {
        Reply = reply;
        (_operation.Outcome, _operation.Result, _operation.Index) = reply switch
        {
            CommandApplied applied => (OperationOutcome.Done, applied.Result, applied.Index.Value),
            QueryAnswered answered => (OperationOutcome.Done, answered.Result, answered.AppliedIndex.Value),
            OutcomeUnknown => (OperationOutcome.Unknown, default, 0),
            _ => (OperationOutcome.NotDone, default(ReadOnlyMemory<byte>), 0L),
        };
        _cluster.OnEnded(_operation);
    }

    private void Expect(OperationOutcome expected)
    {
        _cluster.Settle();
        if (Outcome != expected)
            throw _cluster.Failed($"{this} is expected to be {expected}", $"it is {Outcome}, with answer {Show()}");
    }

    private string Show() => Reply?.ToString() ?? "none";
}
