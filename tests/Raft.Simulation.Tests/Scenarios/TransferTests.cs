using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Leadership transfer (dissertation §3.10).</summary>
public sealed class TransferTests
{
    private static readonly ScenarioOptions WithTimers = new() { HasElectionTimers = true };

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_transfer_loses_no_command_and_takes_no_election_timeout(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Hold<TimeoutNow>();
        var transfer = cluster.Transfer("n3", to: "n2");
        var (straight, byClient) = (cluster.Propose("n1", "b"), cluster.Propose("c1", "c"));
        transfer.ExpectUnderWay();
        straight.ExpectUnderWay();
        byClient.ExpectUnderWay();
        var before = cluster.Now;

        cluster.Deliver<TimeoutNow>(to: "n2");
        cluster.ExpectLeader("n2");
        cluster.ExpectTerm("n1 n2 n3", 2);
        Assert.True(cluster.Now - before < TimeSpan.FromMilliseconds(200));
        Assert.Equal(new LeadershipTransferred(new NodeId("n1"), new NodeId("n2"), new Term(2)), transfer.ExpectDone());
        straight.ExpectUnavailable();
        cluster.Run(TimeSpan.FromSeconds(1));
        byClient.ExpectDone();
        cluster.ExpectApplied("n1 n2 n3", "a c");
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_transfer_to_a_node_that_is_down_is_given_up_and_the_leader_goes_on(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithTimers).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var target = cluster.Others(leader).Split(' ')[0];
        cluster.Crash(target);
        var transfer = cluster.Transfer(leader, target);
        var write = cluster.Propose(leader, "x");
        write.ExpectUnderWay();
        transfer.ExpectUnderWay();
        cluster.Run(TimeSpan.FromSeconds(1.2));
        transfer.ExpectRefused(TransferRefusal.TimedOut);
        write.ExpectDone();
        cluster.ExpectLeader(leader);

        cluster.Transfer(leader, target).ExpectRefused(TransferRefusal.Conflict);
        cluster.Propose(leader, "y").ExpectDone();
        cluster.ExpectTerm(leader, 1);
    }

    /// <summary>
    /// The target must not campaign before it has all entries: it could not be elected, or would lose entries.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_target_that_is_behind_gets_all_entries_first(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Drop<AppendEntries>(to: "n2", where: append => append.Entries.Count > 0);
        cluster.Propose("n1", "a").ExpectDone();
        var transfer = cluster.Transfer("n1", to: "n2");
        cluster.Heartbeat("n1");
        Assert.Empty(cluster.Sent<TimeoutNow>());
        transfer.ExpectUnderWay();

        cluster.Heal();
        cluster.Run(TimeSpan.FromSeconds(1));
        transfer.ExpectDone();
        cluster.ExpectLeader("n2");
        cluster.ExpectApplied("n1 n2 n3", "a");
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Without_a_target_the_best_placed_takes_over(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Isolate("n2");
        cluster.Propose("n1", "a").ExpectDone();
        Assert.Equal(new NodeId("n3"), cluster.Transfer("n1").ExpectDone().Target);
        cluster.ExpectRole("n3", RaftRole.Leader);
    }

    /// <summary>A delayed TimeoutNow: its sender follows another leader now, and no node campaigns.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_is_in_a_newer_term_takes_no_notice(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Hold<TimeoutNow>();
        cluster.Transfer("n1", to: "n2");
        cluster.Isolate("n1");
        cluster.Run(ByHand.Stickiness);
        cluster.Elect("n3");
        cluster.ExpectTerm("n2 n3", 2);
        cluster.Heal();
        cluster.Heartbeat("n3");
        cluster.Deliver<TimeoutNow>(to: "n2");
        cluster.ExpectLeader("n3");
        cluster.ExpectTerm("n1 n2 n3", 2);
    }

    [Fact]
    public void Without_a_leader_and_to_a_stranger_it_is_refused()
    {
        using var cluster = ByHand.Ready(3, 1);
        cluster.Transfer("n1", to: "n2").ExpectRefused(TransferRefusal.NoLeader);
        cluster.Elect("n1");
        cluster.Transfer("n2", to: "n7").ExpectRefused(TransferRefusal.NoMember);
        cluster.Transfer("n2", to: "n1").ExpectRefused(TransferRefusal.Conflict);
    }
}
