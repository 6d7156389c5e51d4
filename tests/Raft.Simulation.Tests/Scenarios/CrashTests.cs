using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>What clients observe when machines lose power (Raft §5.4.3, §5.5).</summary>
public sealed class CrashTests
{
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Nothing_that_was_acknowledged_is_lost_when_all_nodes_crash_at_once(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Propose("n1", "b").ExpectDone();
        cluster.Crash("n1 n2 n3");
        cluster.ExpectDown("n1 n2 n3");
        cluster.Restart("n1 n2 n3");
        cluster.ExpectCommit("n1 n2 n3", 0);
        cluster.Elect("n2");
        cluster.Heartbeat("n2");
        cluster.ExpectApplied("n1 n2 n3", "a b");
        cluster.ExpectConverged();
    }

    /// <summary>An entry that is on no disk is lost: the power failed before any write completed.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void What_was_on_no_disk_is_gone_when_all_nodes_crash_at_once(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.HoldDisk("n1 n2 n3");
        var write = cluster.Propose("n1", "x");
        cluster.ExpectLog("n1 n2 n3", "1 1:x");
        cluster.Crash("n1 n2 n3");
        cluster.Restart("n1 n2 n3");
        cluster.ExpectLog("n1 n2 n3", "1");
        write.ExpectUnderWay();
    }

    /// <summary>
    /// §5.4.3: the entry is committed, but the acknowledgement was never sent. Every node that can be elected has the entry.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_that_crashes_before_it_acknowledged_leaves_its_committed_entry(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Drop<ClientReplies>();
        var write = cluster.Propose("n1", "x");
        cluster.ExpectCommit("n1", 2);
        cluster.Crash("n1");
        cluster.Elect("n3");
        cluster.ExpectApplied("n3", "x");
        write.ExpectUnderWay();
    }

    /// <summary>
    /// The write completed, but the process never learned of it. No other node has the entry, so it is replaced.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_entry_on_a_crashed_leaders_disk_alone_is_replaced(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        cluster.HoldDisk("n1");
        cluster.Propose("n1", "lost");
        cluster.Crash("n1", UnfinishedWrite.Done);
        cluster.ExpectOnDisk("n1", "1 1:lost");
        cluster.Heal();
        cluster.Elect("n2");
        cluster.Propose("n2", "x").ExpectDone();
        cluster.Restart("n1");
        cluster.ExpectLog("n1", "1 1:lost");
        cluster.Heartbeat("n2");
        cluster.Heartbeat("n2");
        cluster.ExpectOnDisk("n1 n2 n3", "1 2 2:x");
        cluster.ExpectConverged();
    }

    /// <summary>
    /// With the same disk, the node is elected again before any other node, so the entry is committed after all.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_entry_on_a_crashed_leaders_disk_alone_is_committed_when_it_leads_again(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        cluster.HoldDisk("n1");
        var write = cluster.Propose("n1", "x");
        cluster.Crash("n1", UnfinishedWrite.Done);
        cluster.Heal();
        cluster.Restart("n1");
        cluster.Elect("n1");
        cluster.ExpectLog("n1 n2 n3", "1 1:x 2");
        cluster.ExpectApplied("n1", "x");
        write.ExpectUnderWay();
    }

    /// <summary>Whatever step the leader dies after: an acknowledged command stays, and no command is applied twice.</summary>
    [Fact]
    public void A_leader_may_crash_between_any_two_of_its_steps()
    {
        var outcomes = new HashSet<(OperationOutcome, bool)>();
        for (var step = 1; step <= 20; step++)
        {
            using var cluster = new SimulatedCluster(3, seed: step).Start();
            cluster.Elect("n1");
            cluster.CrashAfter("n1", step);
            var write = cluster.Propose("n1", "x");
            cluster.Crash("n1");
            cluster.Elect("n2");
            cluster.Restart("n1");
            cluster.Heartbeat("n2");
            cluster.Heartbeat("n2");
            cluster.ExpectConverged();
            var isApplied = cluster.Sent<AppendEntries>(to: "n2").Any(a => a.Entries.Any(e => !e.Command.IsEmpty));
            cluster.ExpectApplied("n1 n2 n3", isApplied ? "x" : "");
            outcomes.Add((write.Outcome, isApplied));
        }

        Assert.Equal(
            [(OperationOutcome.UnderWay, false), (OperationOutcome.UnderWay, true), (OperationOutcome.Done, true)],
            outcomes.Order());
    }

    /// <summary>A leader that is stopped in an orderly way reports an unknown outcome to its clients.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_that_is_stopped_answers_the_clients_that_wait(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        var (write, read) = (cluster.Propose("n1", "x"), cluster.Read("n1"));
        cluster.Stop("n1");
        cluster.ExpectDown("n1");
        write.ExpectUnknown();
        read.ExpectReply<NotLeader>();
        cluster.Heal();
        cluster.Start("n1");
        cluster.Elect("n1");
        cluster.ExpectApplied("n1", "x");
    }

    /// <summary>§5.4.3: a majority of disks is enough, whichever they are. Every minority may be lost for a while.</summary>
    [Theory]
    [InlineData("n1 n2", "n3")]
    [InlineData("n1 n3", "n4")]
    [InlineData("n2 n5", "n1")]
    [InlineData("n4 n5", "n2")]
    public void Any_two_of_five_nodes_may_crash(string crashed, string next)
    {
        using var cluster = new SimulatedCluster(5).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Crash(crashed);
        if (next != "n1") cluster.Elect(next);
        cluster.Propose(next, "b").ExpectDone();
        cluster.Restart(crashed);
        cluster.Heartbeat(next);
        cluster.Heartbeat(next);
        cluster.ExpectApplied("n1 n2 n3 n4 n5", "a b");
        cluster.ExpectConverged();
    }
}
