using Raft.Actors.Protocol;

namespace Raft.Simulation.Scenarios;

/// <summary>A transfer of leadership that a scenario asked for. Each expectation first lets the cluster come to rest.</summary>
public sealed class ScenarioTransfer
{
    private readonly SimulatedCluster _cluster;

    internal ScenarioTransfer(SimulatedCluster cluster) => _cluster = cluster;

    /// <summary>
    /// What was answered: <see cref="LeadershipTransferred"/> or <see cref="TransferRefused"/>; null where nothing was yet.
    /// </summary>
    public object? Reply { get; internal set; }

    /// <summary>The old leader has given way.</summary>
    /// <returns>Who took over from whom, and in which term.</returns>
    /// <exception cref="ScenarioException">It has not.</exception>
    public LeadershipTransferred ExpectDone()
    {
        _cluster.Settle();
        return Reply as LeadershipTransferred
            ?? throw _cluster.Failed("the leadership is expected to be transferred", $"the answer is {Show()}");
    }

    /// <summary>It was refused, or given up.</summary>
    /// <param name="refusal">For this kind of reason.</param>
    /// <exception cref="ScenarioException">It was not, or for another reason.</exception>
    public void ExpectRefused(TransferRefusal refusal)
    {
        _cluster.Settle();
        if ((Reply as TransferRefused)?.Refusal != refusal)
            throw _cluster.Failed($"the transfer is expected to be refused: {refusal}", $"the answer is {Show()}");
    }

    /// <summary>It has no answer yet.</summary>
    /// <exception cref="ScenarioException">It has one.</exception>
    public void ExpectUnderWay()
    {
        _cluster.Settle();
        if (Reply is not null) throw _cluster.Failed("the transfer is expected to be under way", $"the answer is {Show()}");
    }

    private string Show() => Reply?.ToString() ?? "none";
}
