using Raft.Actors.Protocol;

namespace Raft.Simulation.Scenarios;

/// <summary>A leadership transfer of a scenario. Each expectation first lets the cluster settle.</summary>
public sealed class ScenarioTransfer
{
    private readonly SimulatedCluster _cluster;

    internal ScenarioTransfer(SimulatedCluster cluster) => _cluster = cluster;

    /// <summary>
    /// The reply, <see cref="LeadershipTransferred"/> or <see cref="TransferRefused"/>; null before it arrives.
    /// </summary>
    public object? Reply { get; internal set; }

    /// <summary>Expects that leadership was transferred.</summary>
    /// <returns>The old leader, the new leader, and its term.</returns>
    /// <exception cref="ScenarioException">Leadership was not transferred.</exception>
    public LeadershipTransferred ExpectDone()
    {
        _cluster.Settle();
        return Reply as LeadershipTransferred
            ?? throw _cluster.Failed("the leadership is expected to be transferred", $"the answer is {Show()}");
    }

    /// <summary>Expects that the transfer was refused or given up.</summary>
    /// <param name="refusal">The expected reason.</param>
    /// <exception cref="ScenarioException">The transfer was not refused, or for another reason.</exception>
    public void ExpectRefused(TransferRefusal refusal)
    {
        _cluster.Settle();
        if ((Reply as TransferRefused)?.Refusal != refusal)
            throw _cluster.Failed($"the transfer is expected to be refused: {refusal}", $"the answer is {Show()}");
    }

    /// <summary>Expects that the transfer is still in progress.</summary>
    /// <exception cref="ScenarioException">The transfer has ended.</exception>
    public void ExpectUnderWay()
    {
        _cluster.Settle();
        if (Reply is not null) throw _cluster.Failed("the transfer is expected to be in progress", $"the answer is {Show()}");
    }

    private string Show() => Reply?.ToString() ?? "none";
}
