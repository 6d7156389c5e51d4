using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>The scenario API itself: it reports what it found, and a scenario always does the same.</summary>
public sealed class SimulatedClusterTests
{
    public static TheoryData<string, Action<SimulatedCluster>> Mistakes => new()
    {
        { "role of n2 is expected to be Leader, but it is Follower", c => c.ExpectLeader("n2") },
        { "n1 is expected not to lead, but it leads term 1", c => c.ExpectNoLeader() },
        { "term of n3 is expected to be 2, but it is 1", c => c.ExpectTerm("n3", 2) },
        { "vote of n3 is expected to be n2, but it is n1", c => c.ExpectVote("n3", "n2") },
        { "leader of n2 is expected to be n3, but it is n1", c => c.ExpectFollowers("n2", "n3") },
        { "log of n1 is expected to be '1 1:b', but it is '1 1:a'", c => c.ExpectLog("n1", "1 1:b") },
        { "log of n1 is expected to be '1', but it is '1 1:a'", c => c.ExpectLog("n1", "1") },
        { "log of n1 is expected to be '1 1:a 1', but it is '1 1:a'", c => c.ExpectLog("n1", "1 1:a 1") },
        { "log of n1 is expected to be '1: 1', but it is '1 1:a'", c => c.ExpectLog("n1", "1: 1") },
        { "disk of n2 is expected to have '1 2', but it has '1 1:a'", c => c.ExpectOnDisk("n2", "1 2") },
        { "commit index of n1 is expected to be 3, but it is 2", c => c.ExpectCommit("n1", 3) },
        { "durable index of n1 is expected to be 1, but it is 2", c => c.ExpectDurable("n1", 1) },
        { "applied commands of n1 is expected to be 'b', but it is 'a'", c => c.ExpectApplied("n1", "b") },
        { "commit index of n2 is expected to be 2, but it is 1", c => c.ExpectConverged() },
        { "n1 is expected to be down, but it runs", c => c.ExpectDown("n1") },
        { "AppendEntries from n1 to any machine is expected to be held", c => c.Deliver<AppendEntries>(from: "n1") },
        { "a write of n1 is expected to be held, but there is none", c => c.DoOneWrite("n1") },
        { "'x' is expected to be Done, but it is NotDone", c => c.Propose("n2", "x").ExpectDone() },
        { "'read' is expected to give 'b', but it gave 'a'", c => c.Read("n1").ExpectDone("b") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void An_expectation_that_is_not_met_says_both_facts_and_shows_all_nodes(string facts, Action<SimulatedCluster> expect)
    {
        using var cluster = new SimulatedCluster().Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone("2:a");
        var failure = Assert.Throws<ScenarioException>(() => expect(cluster));
        Assert.Contains(facts, failure.Message, StringComparison.Ordinal);
        Assert.Contains("n1 leader of term 1, vote n1, leader n1, commit 2, log", failure.Message, StringComparison.Ordinal);
        Assert.Contains("n3 follower of term 1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n4")]
    [InlineData("c1")]
    [InlineData("n1 nobody")]
    public void A_name_that_no_node_has_is_an_error(string name)
    {
        using var cluster = new SimulatedCluster().Start();
        Assert.Throws<ArgumentException>(() => cluster.Crash(name));
        Assert.Throws<ArgumentException>(() => cluster.Partition(name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_cluster_has_one_to_nine_nodes(int nodes) =>
        Assert.Throws<ArgumentException>(() => new SimulatedCluster(nodes));

    /// <summary>A command without a session counts as a new one each time it arrives.</summary>
    [Fact]
    public void A_clients_request_may_arrive_twice()
    {
        using var cluster = new SimulatedCluster().Start();
        cluster.Elect("n1");
        cluster.Hold<Propose>();
        cluster.Propose("n1", "x");
        cluster.Deliver<Propose>(times: 2);
        cluster.ExpectApplied("n1", "x x");
    }

    /// <summary>
    /// The log on n2's disk contradicts that of n1 at an index and term that both have, which correct nodes never cause.
    /// </summary>
    [Fact]
    public void The_standard_checks_watch_scenarios()
    {
        using var cluster = new SimulatedCluster();
        cluster.Given("n1", "1:a");
        var violation = Assert.Throws<ViolationException>(() =>
        {
            cluster.Given("n2", "1:b");
            cluster.Start();
        });
        Assert.Equal("log matching", violation.Violation.Check);
    }

    /// <summary>The example in the documentation of <see cref="SimulatedCluster"/>.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_minority_commits_nothing_and_what_it_wrote_is_replaced(long seed)
    {
        using var cluster = new SimulatedCluster(nodes: 3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        var lost = cluster.Propose("n1", "a");
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone();
        lost.ExpectUnderWay();
        cluster.Heal();
        cluster.Heartbeat("n2");
        cluster.ExpectLog("n1 n2 n3", "1 2 2:b");
        lost.ExpectUnknown();
    }

    [Fact]
    public void The_same_seed_does_the_same_again()
    {
        Assert.Equal(Story(seed: 7), Story(seed: 7));
        Assert.NotEqual(Story(seed: 7), Story(seed: 8));
    }

    private static string Story(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        cluster.Propose(cluster.AwaitLeader(TimeSpan.FromSeconds(10)), "a");
        cluster.Crash(cluster.AwaitLeader(TimeSpan.FromSeconds(10)));
        cluster.Run(TimeSpan.FromSeconds(3));
        return string.Join('\n', cluster.ToTrace("story").Events.Where(e => e is not NodeChanged));
    }
}
