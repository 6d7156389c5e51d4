using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Networks may lose, duplicate and reorder messages, and RPCs are idempotent (Raft §5.1, §5.5).</summary>
public sealed class DeliveryTests
{
    private static readonly ScenarioOptions OneEntryInAMessage = new() { Settings = "raft.max-append-entries = 1" };

    /// <summary>An election and two commands; every message between nodes comes three times.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Duplicates_change_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Hold<RaftRpc>();
        cluster.Campaign("n1");
        DeliverAll(cluster, times: 3, reversed: false);
        cluster.ExpectLeader("n1");
        var writes = cluster.ProposeAll("n1", "a", "b");
        DeliverAll(cluster, times: 3, reversed: false);
        cluster.Heartbeat("n1");
        DeliverAll(cluster, times: 3, reversed: false);
        Assert.All(writes, write => write.ExpectDone());
        cluster.ExpectLog("n1 n2 n3", "1 1:a 1:b");
        cluster.ExpectApplied("n1 n2 n3", "a b");
        cluster.ExpectConverged();
    }

    /// <summary>Appends that were pipelined arrive in the opposite order: those too early are refused and sent again.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Appends_in_the_opposite_order_do_their_work(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, OneEntryInAMessage).Start();
        cluster.Elect("n1");
        cluster.Hold<AppendEntries>(to: "n2");
        foreach (var command in new[] { "a", "b", "c" }) cluster.Propose("n1", command).ExpectDone();
        Assert.Equal(3, cluster.Held<AppendEntries>(to: "n2").Count);
        cluster.Heal();
        cluster.Deliver<AppendEntries>(to: "n2", reversed: true);
        Assert.NotEmpty(cluster.Sent<AppendRejected>(from: "n2"));
        cluster.ExpectLog("n2", "1 1:a 1:b 1:c");
        cluster.Heartbeat("n1");
        cluster.ExpectConverged();
    }

    /// <summary>Acknowledgements that overtake each other take nothing back: matchIndex only rises (Figure 2).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Acknowledgements_in_the_opposite_order_take_nothing_back(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Elect("n1");
        cluster.Crash("n4 n5");
        cluster.Hold<AppendAccepted>(to: "n1");
        var (a, b, c) = (cluster.Propose("n1", "a"), cluster.Propose("n1", "b"), cluster.Propose("n1", "c"));
        cluster.Deliver<AppendAccepted>(from: "n2", reversed: true);
        cluster.ExpectCommit("n1", 1);
        cluster.Deliver<AppendAccepted>(from: "n3", where: accepted => accepted.MatchIndex == new LogIndex(4));
        cluster.ExpectCommit("n1", 4);
        Assert.All([a, b, c], write => write.ExpectDone());
    }

    /// <summary>A rejection that comes again after the follower caught up begins no new search (end of §5.3).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_rejection_that_comes_late_is_ignored(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed);
        cluster.Given("n1", "1 1 1");
        cluster.Given("n2", "1 1 1");
        cluster.Given("n3", "1");
        cluster.Start();
        cluster.Hold<AppendRejected>(from: "n3");
        cluster.Elect("n1");
        cluster.Deliver<AppendRejected>(from: "n3", keep: true);
        cluster.ExpectLog("n3", "1 1 1 2");
        cluster.ForgetSent();
        cluster.Deliver<AppendRejected>(from: "n3", times: 2);
        Assert.Empty(cluster.Sent<AppendEntries>());
        cluster.Hold<AppendEntries>(to: "n3");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Propose("n1", "b").ExpectDone();
        Assert.Equal(2, cluster.Held<AppendEntries>(to: "n3").Count);
    }

    /// <summary>A vote request that is delayed until its candidate leads, and longer, deposes no leader.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_delayed_vote_request_deposes_no_leader(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Hold<RequestVote>(from: "n3");
        cluster.Campaign("n3");
        cluster.Heal();
        cluster.Elect("n1");
        cluster.Elect("n2");
        cluster.Deliver<RequestVote>(from: "n3", times: 2);
        cluster.ExpectLeader("n2");
        cluster.ExpectTerm("n1 n2 n3", 2);
        cluster.ExpectVote("n1", "n2");
    }

    /// <summary>AppendEntries of a deposed leader are rejected, which tells the leader that it is deposed (§5.1).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Appends_of_a_deposed_leader_change_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Hold<AppendEntries>(from: "n1");
        cluster.Propose("n1", "late");
        cluster.Elect("n2");
        cluster.Propose("n2", "x").ExpectDone();
        cluster.Deliver<AppendEntries>(from: "n1", times: 2);
        cluster.ExpectLeader("n2");
        cluster.ExpectLog("n2 n3", "1 2 2:x");
        Assert.NotEmpty(cluster.Sent<AppendOutdated>(from: "n2", to: "n1"));
        Assert.NotEmpty(cluster.Sent<AppendOutdated>(from: "n3", to: "n1"));
    }

    private static void DeliverAll(SimulatedCluster cluster, int times, bool reversed)
    {
        while (cluster.Held<RaftRpc>().Count > 0) cluster.Deliver<RaftRpc>(times: times, reversed: reversed);
    }
}
