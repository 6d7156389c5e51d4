using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Snapshots in whole clusters (Raft §7): whatever fails meanwhile, the state is that of the committed log.</summary>
public sealed class SnapshotTests
{
    private static readonly ScenarioOptions KeepNone = new()
    {
        Settings = "raft.snapshot-keep-entries = 0\nraft.snapshot-chunk-bytes = 16\nraft.snapshot-after-bytes = 0",
    };

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void All_nodes_start_again_from_their_snapshots(long seed)
    {
        using var cluster = Written(seed);
        cluster.TakeSnapshot("n1 n2 n3");
        cluster.ExpectSnapshot("n1 n2 n3", 4);
        cluster.Propose("n1", "d").ExpectDone();
        cluster.Crash("n1 n2 n3");
        cluster.Restart("n1 n2 n3");
        cluster.ExpectCommit("n1 n2 n3", 4);
        cluster.Elect("n2");
        cluster.Heartbeat("n2");
        cluster.ExpectApplied("n1 n2 n3", "a b c d");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_that_lacks_what_the_leader_dropped_gets_its_state(long seed)
    {
        using var cluster = WithLaggard(seed);
        CatchUp(cluster, "n1");
        Assert.True(cluster.Sent<InstallSnapshot>(to: "n3").Count > 1);
        cluster.ExpectSnapshot("n3", 4);
        cluster.ExpectApplied("n3", "a b c");
        cluster.Propose("n1", "d").ExpectDone();
        cluster.Heartbeat("n1");
        cluster.ExpectApplied("n1 n2 n3", "a b c d");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_that_crashes_while_it_takes_the_state_gets_it_again(long seed)
    {
        using var cluster = WithLaggard(seed);
        cluster.HoldDisk("n3");
        CatchUp(cluster, "n1");
        cluster.Crash("n3");
        cluster.Restart("n3");
        cluster.ExpectCommit("n3", 0);
        CatchUp(cluster, "n1");
        cluster.ExpectApplied("n3", "a b c");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_new_leader_sends_its_own_state_from_the_start(long seed)
    {
        using var cluster = WithLaggard(seed);
        cluster.TakeSnapshot("n2");
        cluster.Hold<SnapshotReceived>(from: "n3", where: reply => reply.Offset > 16);
        CatchUp(cluster, "n1");
        cluster.Elect("n2");
        cluster.Deliver<SnapshotReceived>();
        CatchUp(cluster, "n2");
        cluster.ExpectApplied("n1 n2 n3", "a b c");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Lost_parts_are_sent_again_with_the_heartbeats(long seed)
    {
        using var cluster = WithLaggard(seed);
        var lost = 0;
        cluster.Drop<InstallSnapshot>(where: _ => lost++ % 2 == 0);
        for (var i = 0; i < 5; i++) CatchUp(cluster, "n1");
        cluster.ExpectApplied("n3", "a b c");
        cluster.ExpectConverged();
    }

    /// <summary>Hazard 17: a node that has the entries loses none of them to a delayed snapshot.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_snapshot_that_comes_late_rolls_nothing_back(long seed)
    {
        using var cluster = WithLaggard(seed);
        cluster.Hold<InstallSnapshot>(to: "n3");
        CatchUp(cluster, "n1");
        cluster.Elect("n2");
        CatchUp(cluster, "n2");
        cluster.Propose("n2", "d").ExpectDone();
        cluster.Heartbeat("n2");
        cluster.Deliver<InstallSnapshot>();
        CatchUp(cluster, "n2");
        cluster.ExpectApplied("n1 n2 n3", "a b c d");
        cluster.ExpectConverged();
    }

    [Theory]
    [InlineData(UnfinishedWrite.Lost)]
    [InlineData(UnfinishedWrite.Done)]
    public void A_crash_at_any_write_of_a_snapshot_loses_nothing(UnfinishedWrite unfinished)
    {
        for (var writes = 0; writes < 6; writes++)
        {
            using var cluster = Written(seed: writes + 1);
            cluster.HoldDisk("n2");
            cluster.TakeSnapshot("n2");
            for (var i = 0; i < writes && i < 3; i++) cluster.DoOneWrite("n2");
            cluster.Crash("n2", unfinished);
            cluster.Restart("n2");
            cluster.Heartbeat("n1");
            cluster.ExpectApplied("n2", "a b c");
            cluster.ExpectConverged();
        }
    }

    [Fact]
    public void A_disk_that_fails_a_snapshot_leaves_the_journal_usable()
    {
        using var cluster = Written(seed: 1);
        cluster.FailWrites("n2");
        cluster.TakeSnapshot("n2");
        cluster.MendDisk("n2");
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.Heartbeat("n1");
        cluster.ExpectSnapshot("n2", 0);
        cluster.TakeSnapshot("n2");
        cluster.ExpectSnapshot("n2", 4);
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void The_leadership_goes_to_a_follower_only_when_that_has_the_state(long seed)
    {
        using var cluster = WithLaggard(seed);
        CatchUp(cluster, "n1");
        var transfer = cluster.Transfer("n1", "n3");
        cluster.Heartbeat("n1");
        cluster.ExpectLeader("n3");
        transfer.ExpectDone();
        cluster.ExpectApplied("n1 n2 n3", "a b c");
    }

    /// <summary>n1 leads; a, b and c are committed as entries 2 to 4.</summary>
    private static SimulatedCluster Written(long seed)
    {
        var cluster = new SimulatedCluster(3, seed, KeepNone).Start();
        cluster.Elect("n1");
        foreach (var command in new[] { "a", "b", "c" }) cluster.Propose("n1", command).ExpectDone();
        cluster.Heartbeat("n1");
        return cluster;
    }

    /// <summary>As before, but n3 was cut off from the start, and n1 has dropped its log.</summary>
    private static SimulatedCluster WithLaggard(long seed)
    {
        var cluster = new SimulatedCluster(3, seed, KeepNone).Start();
        cluster.Isolate("n3");
        cluster.Elect("n1");
        foreach (var command in new[] { "a", "b", "c" }) cluster.Propose("n1", command).ExpectDone();
        cluster.Heartbeat("n1");
        cluster.TakeSnapshot("n1");
        cluster.ExpectSnapshot("n1", 4);
        cluster.Heal();
        return cluster;
    }

    private static void CatchUp(SimulatedCluster cluster, string leader)
    {
        for (var i = 0; i < 4; i++) cluster.Heartbeat(leader);
    }
}
