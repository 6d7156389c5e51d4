using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>What clients observe when the network fails (Raft §2, §5.1, §5.3).</summary>
public sealed class PartitionTests
{
    private static readonly ScenarioOptions WithTimers = new() { HasElectionTimers = true };

    /// <summary>§2: available as long as a majority can communicate; never an incorrect result.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_minority_commits_nothing_while_the_majority_goes_on(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "before").ExpectDone();
        cluster.Partition("n1 n2 | n3 n4 n5");
        var lost = cluster.Propose("n1", "minority");
        cluster.Elect("n3");
        cluster.Propose("n3", "majority").ExpectDone();
        lost.ExpectUnderWay();
        cluster.ExpectLog("n1 n2", "1 1:before 1:minority");
        cluster.ExpectCommit("n1", 2);
        cluster.ExpectRole("n1", RaftRole.Leader);

        cluster.Heal();
        cluster.Heartbeat("n3");
        lost.ExpectUnknown();
        cluster.Heartbeat("n3");
        cluster.ExpectLog("n1 n2 n3 n4 n5", "1 1:before 2 2:majority");
        cluster.ExpectApplied("n1 n2 n3 n4 n5", "before majority");
        cluster.ExpectConverged();
    }

    /// <summary>The same with election timers alone, without help from the scenario.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Whatever_the_partition_was_a_healed_cluster_converges_by_itself(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed, WithTimers).Start();
        cluster.Propose(cluster.AwaitLeader(TimeSpan.FromSeconds(10)), "a").ExpectDone();
        foreach (var sides in new[] { "n1 n2 | n3 n4 n5", "n1 n3 | n2 n4 n5", "n1 | n2 | n3 n4 n5" })
        {
            cluster.Partition(sides);
            cluster.Run(TimeSpan.FromSeconds(3));
            cluster.Propose(cluster.AwaitLeader(TimeSpan.FromSeconds(10), among: sides.Split('|')[^1]), "b");
            cluster.Heal();
            cluster.Run(TimeSpan.FromSeconds(5));
            cluster.ExpectConverged();
        }

        cluster.ExpectApplied("n1 n2 n3 n4 n5", "a b b b");
    }

    /// <summary>
    /// A leader that others hear, but that hears none of them, commits nothing although all nodes have its entries. So it steps
    /// down.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_that_hears_no_node_commits_nothing_and_steps_down(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithTimers).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(10));
        var others = cluster.Others(leader);
        cluster.PartitionOneWay(from: others, to: leader);
        var write = cluster.Propose(leader, "x");
        var read = cluster.Read(leader);
        cluster.Run(TimeSpan.FromMilliseconds(900));
        cluster.ExpectLeader(leader);
        cluster.ExpectOnDisk(others, "1 1:x");
        cluster.ExpectApplied(leader, "");
        write.ExpectUnderWay();
        read.ExpectUnderWay();

        cluster.Run(TimeSpan.FromSeconds(5));
        write.ExpectUnknown();
        read.ExpectUnavailable();
        cluster.ExpectLeader(cluster.AwaitLeader(TimeSpan.FromSeconds(1), among: others));
        cluster.ExpectApplied(others, "x");
    }

    /// <summary>
    /// A leader that hears the others, but that none of them hears, learns of its successor and steps down (§5.1).
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_that_no_node_hears_is_succeeded_and_steps_down(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithTimers).Start();
        var old = cluster.AwaitLeader(TimeSpan.FromSeconds(10));
        var others = cluster.Others(old);
        cluster.PartitionOneWay(from: old, to: others);
        var lost = cluster.Propose(old, "lost");
        cluster.Run(TimeSpan.FromSeconds(1.5));
        cluster.Propose(cluster.AwaitLeader(TimeSpan.FromSeconds(10), among: others), "x").ExpectDone();
        lost.ExpectUnknown();

        cluster.Heal();
        cluster.Run(TimeSpan.FromSeconds(5));
        cluster.ExpectConverged();
        cluster.ExpectApplied("n1 n2 n3", "x");
    }

    /// <summary>
    /// The old leader does not know yet that it is deposed, accepts a command, and learns of it when it replicates the command.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_paused_leader_that_wakes_up_and_has_heard_nothing_yet_commits_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Pause("n1");
        cluster.PartitionOneWay(from: "n2 n3", to: "n1");
        cluster.Elect("n2");
        cluster.Heal();
        cluster.Hold<AppendEntries>(from: "n1");
        cluster.Resume("n1");
        var (write, read) = (cluster.Propose("n1", "late"), cluster.Read("n1"));
        cluster.ExpectLog("n1", "1 1:late");
        write.ExpectUnderWay();
        read.ExpectUnderWay();
        cluster.Deliver<AppendEntries>(from: "n1", to: "n3");
        cluster.ExpectRole("n1", RaftRole.Follower);
        write.ExpectUnknown();
        read.ExpectUnavailable();
        cluster.ExpectLog("n2 n3", "1 2");
    }

    /// <summary>
    /// A pause is a partition in time. When it ends, commands, reads, a vote request and the successor's appends are there at
    /// once, and the schedule determines which is handled first.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_paused_leader_that_wakes_up_commits_nothing_and_answers_no_read(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Pause("n1");
        var (write, read) = (cluster.Propose("n1", "late"), cluster.Read("n1"));
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone();
        cluster.Run(TimeSpan.FromSeconds(1));

        cluster.Resume("n1");
        cluster.Run(TimeSpan.FromMilliseconds(250));
        Assert.True(write.Outcome is OperationOutcome.Unknown or OperationOutcome.NotDone);
        read.ExpectUnavailable();
        cluster.ExpectFollowers("n1 n3", "n2");
        cluster.ExpectApplied("n1 n2 n3", "a b");
        cluster.ExpectConverged();
    }
}
