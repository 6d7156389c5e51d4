using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Disk failures that other implementations got wrong: hazards 21, 22 and P4.</summary>
public sealed class DiskHazardTests
{
    /// <summary>Hazard 21: with one voter, its disk is the majority: for the vote, the no-op and the command.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_single_node_answers_when_its_disk_did(long seed)
    {
        using var cluster = new SimulatedCluster(1, seed).Start();
        cluster.HoldDisk("n1");
        cluster.Campaign("n1");
        cluster.ExpectRole("n1", RaftRole.Candidate);
        cluster.DoOneWrite("n1");
        cluster.ExpectLeader("n1");
        cluster.ExpectCommit("n1", 0);
        cluster.DoOneWrite("n1");
        cluster.ExpectCommit("n1", 1);

        var write = cluster.Propose("n1", "x");
        write.ExpectUnderWay();
        cluster.ExpectApplied("n1", "");
        cluster.DoOneWrite("n1");
        write.ExpectDone("2:x");
    }

    /// <summary>
    /// Hazard 22: heartbeats would keep a leader with a stalled disk in power. The disks of the others commit what it had sent;
    /// later proposals are in no log. It steps down, and a node that can write takes over.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_with_a_stalled_disk_steps_down_and_another_takes_over(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.HoldDisk(leader);
        cluster.Propose(leader, "a").ExpectDone();
        var blocked = cluster.Propose(leader, "b");
        blocked.ExpectUnderWay();
        cluster.Run(TimeSpan.FromSeconds(5));
        blocked.ExpectUnavailable();
        var next = cluster.AwaitLeader(TimeSpan.FromSeconds(5), among: cluster.Others(leader));
        cluster.ExpectLeader(next);
        cluster.Propose(next, "c").ExpectDone();

        cluster.ReleaseDisk(leader);
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.ExpectLeader(next);
        cluster.ExpectApplied("n1 n2 n3", "a c");
        cluster.ExpectConverged();
    }

    /// <summary>Without check-quorum it blocks its clients until the journal's timeout makes the node stop.</summary>
    [Fact]
    public void Without_check_quorum_a_leader_with_a_stalled_disk_blocks_its_clients_until_the_journals_timeout()
    {
        using var cluster = new SimulatedCluster(
            3, 1, new ScenarioOptions { HasElectionTimers = true, Settings = "raft.check-quorum = off" }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.HoldDisk(leader);
        cluster.Propose(leader, "a").ExpectDone();
        var blocked = cluster.Propose(leader, "b");
        cluster.Run(TimeSpan.FromSeconds(25));
        blocked.ExpectUnderWay();
        cluster.ExpectLeader(leader);

        cluster.Run(TimeSpan.FromSeconds(40));
        blocked.ExpectUnavailable();
    }

    /// <summary>
    /// A follower whose disk is stalled answers heartbeats, so that it does not appear dead, and acknowledges nothing.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_with_a_stalled_disk_acknowledges_when_the_stall_is_over(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.StallDisk(cluster.Others(leader), TimeSpan.FromSeconds(10));
        var (write, read) = (cluster.Propose(leader, "x"), cluster.Read(leader));
        cluster.Run(TimeSpan.FromSeconds(9));
        write.ExpectUnderWay();
        read.ExpectDone("");
        cluster.ExpectLeader(leader);
        cluster.Run(TimeSpan.FromSeconds(1));
        write.ExpectDone("2:x");
    }

    /// <summary>
    /// Akka.Persistence's circuit breaker: a leader's write is reported as failed but takes effect. The node stops, its client
    /// gets an unknown outcome, and after the restart the log is what the journal says.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_write_that_failed_falsely_is_in_the_log_after_the_restart(long seed)
    {
        using var cluster = new SimulatedCluster(1, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.FailWritesFalsely("n1");
        var write = cluster.Propose("n1", "x");
        cluster.ExpectDown("n1");
        write.ExpectUnknown();

        cluster.MendDisk("n1");
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.Restart("n1");
        cluster.ExpectLog("n1", "1 1:a 1:x");
        cluster.Elect("n1");
        cluster.ExpectApplied("n1", "a x");
    }

    /// <summary>The same in a cluster: the followers have the entry, and it is applied once.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_whose_write_failed_falsely_comes_back_with_what_the_others_have(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        cluster.FailWritesFalsely("n1");
        var write = cluster.Propose("n1", "lost");
        cluster.ExpectDown("n1");
        write.ExpectUnknown();

        cluster.Heal();
        cluster.MendDisk("n1");
        cluster.Elect("n2");
        cluster.Propose("n2", "x").ExpectDone();
        cluster.Run(TimeSpan.FromSeconds(2));
        cluster.ExpectOnDisk("n1 n2 n3", "1 2 2:x");
        cluster.ExpectConverged();
    }

    /// <summary>A persist failure always stops the actor, and a rejection must: the entry is not on the disk.</summary>
    [Theory]
    [InlineData("failed")]
    [InlineData("rejected")]
    public void A_follower_whose_write_failed_acknowledges_nothing_and_comes_back(string trouble)
    {
        using var cluster = new SimulatedCluster(3).Start();
        cluster.Elect("n1");
        cluster.Crash("n3");
        if (trouble == "failed") cluster.FailWrites("n2");
        else cluster.RejectWrites("n2");
        var write = cluster.Propose("n1", "x");
        cluster.ExpectDown("n2");
        write.ExpectUnderWay();
        cluster.ExpectOnDisk("n2", "1");

        cluster.MendDisk("n2");
        cluster.Run(TimeSpan.FromSeconds(1));
        write.ExpectDone();
        cluster.ExpectOnDisk("n2", "1 1:x");
    }

    /// <summary>A node must not run on a damaged journal, because it may have forgotten a vote. The others continue.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void A_node_halts_on_a_damaged_journal_and_comes_back_on_its_backup(int damagedEvent)
    {
        using var cluster = new SimulatedCluster(3).Start();
        cluster.Elect("n1");
        cluster.Crash("n3");
        cluster.DamageJournal("n3", damagedEvent);
        cluster.Restart("n3");
        cluster.ExpectHalted("n3", "damaged");
        cluster.Propose("n1", "x").ExpectDone();

        cluster.Crash("n3");
        cluster.RepairJournal("n3", damagedEvent);
        cluster.Restart("n3");
        cluster.Heartbeat("n1");
        cluster.Heartbeat("n1");
        cluster.ExpectConverged();
    }
}
