using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Nodes that prefer to lead, and nodes that avoid it.</summary>
public sealed class PreferenceTests
{
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_prefers_to_lead_takes_over_and_no_command_is_lost(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, With("nodes.n2.raft.leadership-preference = prefer")).Start();
        var first = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Propose(first, "a").ExpectDone();
        cluster.Run(TimeSpan.FromSeconds(3));
        cluster.ExpectLeader("n2");
        cluster.Propose("n2", "b").ExpectDone();

        cluster.Crash("n2");
        var other = cluster.AwaitLeader(TimeSpan.FromSeconds(5), among: "n1 n3");
        cluster.Propose(other, "c").ExpectDone();
        cluster.Restart("n2");
        cluster.Run(TimeSpan.FromSeconds(12));
        cluster.ExpectLeader("n2");
        cluster.ExpectApplied("n1 n2 n3", "a b c");
        cluster.ExpectConverged();
    }

    /// <summary>
    /// Only n1 can be elected, because only n1 has the second entry. It steps down when another node has the entry too.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_avoids_leading_leads_if_no_other_can_and_then_steps_down(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, With("nodes.n1.raft.leadership-preference = avoid"));
        cluster.Given("n1", "1 1");
        cluster.Given("n2", "1");
        cluster.Given("n3", "1");
        cluster.Start("n1 n2");
        Assert.Equal("n1", cluster.AwaitLeader(TimeSpan.FromSeconds(30)));
        cluster.Run(TimeSpan.FromSeconds(4));
        cluster.ExpectLeader("n2");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_avoids_to_lead_lets_others_go_first(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, With("nodes.n1.raft.leadership-preference = avoid")).Start();
        Assert.NotEqual("n1", cluster.AwaitLeader(TimeSpan.FromSeconds(5)));
    }

    private static ScenarioOptions With(string settings) => new() { HasElectionTimers = true, Settings = settings };
}
