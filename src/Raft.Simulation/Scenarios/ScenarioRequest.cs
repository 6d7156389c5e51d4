using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>A request of a scenario, and its outcome. Each expectation first lets the cluster settle.</summary>
public sealed class ScenarioRequest
{
    private readonly SimulatedCluster _cluster;
    private readonly Operation _operation;

    internal ScenarioRequest(SimulatedCluster cluster, Operation operation) => (_cluster, _operation) = (cluster, operation);

    /// <summary>The outcome so far.</summary>
    public OperationOutcome Outcome => _operation.Outcome;

    /// <summary>The reply of the node; null before it arrives, and for a request of a real client.</summary>
    public ClientReply? Reply { get; private set; }

    /// <summary>Expects that the request was done: the command is committed and applied, or the query answered.</summary>
    /// <param name="result">The expected result of the state machine, as text; null to accept any.</param>
    /// <exception cref="ScenarioException">The request was not done, or has another result.</exception>
    public void ExpectDone(string? result = null)
    {
        Expect(OperationOutcome.Done);
        var text = Encoding.UTF8.GetString(_operation.Result.Span);
        if (result is not null && text != result)
            throw _cluster.Failed($"{this} is expected to give '{result}'", $"it gave '{text}'");
    }

    /// <summary>Expects that the request has had no effect and never will.</summary>
    /// <exception cref="ScenarioException">The request ended otherwise, or is still in progress.</exception>
    public void ExpectUnavailable() => Expect(OperationOutcome.NotDone);

    /// <summary>Expects that the outcome is unknown: the request may or may not take effect.</summary>
    /// <exception cref="ScenarioException">The request ended otherwise, or is still in progress.</exception>
    public void ExpectUnknown() => Expect(OperationOutcome.Unknown);

    /// <summary>Expects that the request is still in progress.</summary>
    /// <exception cref="ScenarioException">The request has ended.</exception>
    public void ExpectUnderWay() => Expect(OperationOutcome.UnderWay);

    /// <summary>Expects a reply of a certain type, and returns it.</summary>
    /// <typeparam name="T">The type of the reply, such as <see cref="Overloaded"/>.</typeparam>
    /// <exception cref="ScenarioException">The reply has another type, or has not arrived.</exception>
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
