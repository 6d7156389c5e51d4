using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Linearizable reads, which other implementations got wrong: hazards 12 and 13 (Raft §8, dissertation §6.4).
/// </summary>
public sealed class ReadHazardTests
{
    /// <summary>
    /// Hazard 12: a new leader has every committed entry, but does not know which entries are committed until one of its own
    /// term is. n2 has "x", which was acknowledged to a client, and has not applied it.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_new_leader_answers_no_read_before_it_committed_an_entry_of_its_term(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "x").ExpectDone();
        cluster.ExpectApplied("n2", "");
        cluster.Isolate("n1");
        cluster.Drop<AppendEntries>(from: "n2", where: append => append.Entries.Count > 0);
        cluster.Elect("n2");
        var read = cluster.Read("n2");
        cluster.Heartbeat("n2");
        read.ExpectUnderWay();

        cluster.Heal();
        cluster.Heartbeat("n2");
        read.ExpectDone("x");
    }

    /// <summary>Hazard 13: a leader that no node hears answers no read, because another node may lead by now.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_isolated_leader_answers_no_linearizable_read(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Isolate("n1");
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone();

        var read = cluster.Read("n1");
        cluster.Heartbeat("n1");
        read.ExpectUnderWay();
        cluster.ReadStale("n1").ExpectDone("a");
        cluster.Read("n2").ExpectDone("a b");

        cluster.Heal();
        cluster.Heartbeat("n2");
        read.ExpectReply<NotLeader>();
    }

    /// <summary>
    /// Hazard 13: an answer to an older round proves nothing about a read that arrived after the round: in between, n2 was
    /// elected and accepted a write.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Answers_to_an_earlier_round_confirm_no_later_read(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Hold<AppendAccepted>(to: "n1");
        var early = cluster.Read("n1");
        cluster.Drop<RaftRpc>(from: "n1");
        cluster.Drop<RaftRpc>(to: "n1");
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone();
        var late = cluster.Read("n1");

        cluster.Deliver<AppendAccepted>(to: "n1", times: 2);
        early.ExpectDone("a");
        late.ExpectUnderWay();
        cluster.Heal();
        cluster.Heartbeat("n2");
        late.ExpectUnavailable();
    }

    /// <summary>A read needs a majority as a commit does: in a cluster of five, one answer is not enough.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_read_is_answered_when_a_majority_confirmed_the_leader(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Partition("n1 n2 | n3 n4 n5");
        var read = cluster.Read("n1");
        cluster.Heartbeat("n1 n1");
        read.ExpectUnderWay();
        cluster.Heal();
        cluster.Isolate("n4 n5");
        cluster.Heartbeat("n1");
        read.ExpectDone("a");
    }
}
