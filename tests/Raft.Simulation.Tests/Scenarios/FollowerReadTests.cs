using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Linearizable reads that followers answer (dissertation §6.4).</summary>
public sealed class FollowerReadTests
{
    /// <summary>The follower has the write and does not know yet that it is committed, which a stale read reveals.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_answers_when_it_has_applied_what_the_leader_had_committed(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.ReadStale("n2").ExpectDone("");
        cluster.Hold<AppendEntries>(to: "n2");
        var read = cluster.ReadByFollower("n2");
        read.ExpectUnderWay();
        Assert.NotEmpty(cluster.Sent<ReadIndexGranted>(from: "n1", to: "n2"));
        cluster.Heal();
        cluster.Heartbeat("n1");
        read.ExpectDone("a");
    }

    /// <summary>The answer to the read before the restart is older than the read after it.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void After_a_restart_a_follower_ignores_the_answer_to_a_read_of_its_former_life(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Hold<ReadIndexGranted>(to: "n2");
        cluster.ReadByFollower("n2").ExpectUnderWay();
        var former = Assert.Single(cluster.Held<ReadIndexGranted>()).ReadId;
        cluster.Restart("n2");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Heartbeat("n1");

        var read = cluster.ReadByFollower("n2");
        cluster.Deliver<ReadIndexGranted>(where: granted => granted.ReadId == former);
        read.ExpectUnderWay();
        cluster.Deliver<ReadIndexGranted>();
        read.ExpectDone("a");
    }

    /// <summary>The follower must ask a real leader: a deposed leader can't confirm anything.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_of_a_deposed_leader_answers_nothing_old(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Partition("n1 n2 | n3 n4 n5");
        cluster.Elect("n3");
        cluster.Propose("n3", "b").ExpectDone();
        var read = cluster.ReadByFollower("n2");
        read.ExpectUnderWay();
        cluster.ReadStale("n1").ExpectDone("a");
        cluster.Heal();
        cluster.Heartbeat("n3");
        read.ExpectUnavailable();
        cluster.Heartbeat("n3");
        cluster.ReadByFollower("n2").ExpectDone("a b");
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_request_that_was_lost_is_sent_again(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var follower = cluster.Others(leader).Split(' ')[0];
        cluster.Run(TimeSpan.FromMilliseconds(200));
        cluster.Drop<RequestReadIndex>();
        var read = cluster.ReadByFollower(follower);
        read.ExpectUnderWay();
        cluster.Heal();
        cluster.Run(TimeSpan.FromMilliseconds(250));
        read.ExpectDone("");
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_that_is_cut_off_sends_its_clients_elsewhere(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var follower = cluster.Others(leader).Split(' ')[0];
        cluster.Run(TimeSpan.FromMilliseconds(200));
        cluster.Isolate(follower);
        var read = cluster.ReadByFollower(follower);
        read.ExpectUnderWay();
        cluster.Run(TimeSpan.FromSeconds(2));
        read.ExpectReply<NotLeader>();
    }
}
