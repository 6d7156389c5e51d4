using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Reads from a lease (dissertation §6.4.1), in part after etcd's forget_leader_read_only_lease_based.</summary>
public sealed class LeaseReadTests
{
    private static readonly ScenarioOptions WithLeases = new()
    {
        HasElectionTimers = true,
        Settings = "raft.lease-reads = on\nraft.max-clock-drift = 0.1",
    };

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_leader_with_a_lease_asks_no_other_node(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithLeases).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Propose(leader, "a").ExpectDone();
        cluster.Run(TimeSpan.FromMilliseconds(150));
        cluster.Hold<AppendEntries>();
        cluster.ReadByLease(leader).ExpectDone("a");
        cluster.Read(leader).ExpectUnderWay();
    }

    /// <summary>Hazard 13: the lease ends before any other node can have been elected.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_isolated_leader_answers_within_its_lease_and_not_after(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithLeases).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Propose(leader, "a").ExpectDone();
        cluster.Run(TimeSpan.FromMilliseconds(150));
        cluster.Isolate(leader);
        cluster.ReadByLease(leader).ExpectDone("a");
        cluster.Run(TimeSpan.FromMilliseconds(450));
        var late = cluster.ReadByLease(leader);
        late.ExpectUnderWay();

        var next = cluster.AwaitLeader(TimeSpan.FromSeconds(5), among: cluster.Others(leader));
        cluster.Propose(next, "b").ExpectDone();
        cluster.Run(TimeSpan.FromSeconds(1));
        late.ExpectUnavailable();
        cluster.ReadByLease(next).ExpectDone("a b");
    }

    /// <summary>Hazard 13: a node that was asked to take over waits for no timeout, whenever that message arrives.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_lease_does_not_survive_a_transfer(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, WithLeases).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var target = cluster.Others(leader).Split(' ')[0];
        cluster.Propose(leader, "a").ExpectDone();
        cluster.Hold<TimeoutNow>();
        var transfer = cluster.Transfer(leader, target);
        cluster.Run(TimeSpan.FromSeconds(1.2));
        transfer.ExpectRefused(TransferRefusal.TimedOut);
        cluster.ExpectLeader(leader);

        cluster.Hold<AppendAccepted>(to: leader);
        var read = cluster.ReadByLease(leader);
        read.ExpectUnderWay();
        cluster.Drop<RaftRpc>(to: leader);
        cluster.Deliver<TimeoutNow>(to: target);
        cluster.ExpectRole(target, RaftRole.Leader);
        cluster.Propose(target, "b").ExpectDone();
        read.ExpectUnderWay();
        cluster.ReadByLease(leader).ExpectUnderWay();
    }

    /// <summary>Hazard 12 for leases: the leader does not know yet what is committed.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_new_leader_has_no_lease_before_it_committed_an_entry_of_its_term(long seed)
    {
        using var cluster = ByHand.Ready(3, seed, "raft.lease-reads = on");
        cluster.Elect("n1");
        cluster.Propose("n1", "x").ExpectDone();
        cluster.Isolate("n1");
        cluster.Run(ByHand.Stickiness);
        cluster.Drop<AppendEntries>(from: "n2", where: append => append.Entries.Count > 0);
        cluster.Elect("n2");
        cluster.Heartbeat("n2");
        var read = cluster.ReadByLease("n2");
        read.ExpectUnderWay();
        cluster.Heal();
        cluster.Run(TimeSpan.FromMilliseconds(500));
        read.ExpectDone("x");
    }

    [Fact]
    public void Where_leases_are_off_the_question_is_refused()
    {
        using var cluster = ByHand.Ready(3, 1);
        cluster.Elect("n1");
        cluster.ReadByLease("n1").ExpectReply<RequestRefused>();
    }
}
