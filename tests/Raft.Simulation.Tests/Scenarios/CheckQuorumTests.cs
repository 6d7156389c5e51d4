using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Check-quorum (dissertation §6.2), in part after etcd's checkquorum.</summary>
public sealed class CheckQuorumTests
{
    private static readonly ScenarioOptions WithTimers = new() { HasElectionTimers = true };

    /// <summary>Writes on the old leader end with an unknown outcome; reads are reported as not done.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_isolated_leader_steps_down_and_tells_its_clients(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithTimers).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Isolate(leader);
        var (write, read) = (cluster.Propose(leader, "x"), cluster.Read(leader));
        cluster.Run(TimeSpan.FromMilliseconds(800));
        write.ExpectUnderWay();
        cluster.Run(TimeSpan.FromMilliseconds(600));
        cluster.ExpectNoLeader(leader);
        cluster.ExpectTerm(leader, 1);
        write.ExpectUnknown();
        read.ExpectUnavailable();

        var next = cluster.AwaitLeader(TimeSpan.FromSeconds(5), among: cluster.Others(leader));
        cluster.Propose(next, "y").ExpectDone();
        cluster.Heal();
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.ExpectLeader(next);
        cluster.ExpectApplied("n1 n2 n3", "y");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_that_a_majority_answers_stays(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed, WithTimers).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var others = cluster.Others(leader).Split(' ');
        cluster.Isolate($"{others[0]} {others[1]}");
        cluster.Run(TimeSpan.FromSeconds(10));
        cluster.ExpectLeader(leader);
        cluster.Propose(leader, "x").ExpectDone();

        cluster.Isolate(others[2]);
        cluster.Run(TimeSpan.FromSeconds(2));
        cluster.ExpectNoLeader();
    }

    /// <summary>No other node is running that could depose the leader.</summary>
    [Fact]
    public void Without_check_quorum_an_isolated_leader_stays()
    {
        using var cluster = new SimulatedCluster(3, 1, WithTimers with { Settings = "raft.check-quorum = off" }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Isolate(leader);
        var write = cluster.Propose(leader, "x");
        cluster.Run(TimeSpan.FromSeconds(10));
        write.ExpectUnderWay();
    }
}
