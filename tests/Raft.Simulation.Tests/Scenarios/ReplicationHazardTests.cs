using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Replication and commitment, which other implementations got wrong: hazards 9 to 11 (Raft §5.3).</summary>
public sealed class ReplicationHazardTests
{
    /// <summary>Hazard 9: only an entry that conflicts with the message is removed, with those after it (Figure 2).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_delayed_append_removes_nothing_that_it_does_not_contradict(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Hold<AppendEntries>(to: "n2", where: append => append.Entries.Count > 0);
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Deliver<AppendEntries>(to: "n2", keep: true);
        cluster.Heal();
        cluster.Propose("n1", "b").ExpectDone();
        cluster.ExpectLog("n2", "1 1:a 1:b");

        cluster.Deliver<AppendEntries>(to: "n2");
        cluster.ExpectLog("n2", "1 1:a 1:b");
        cluster.ExpectOnDisk("n2", "1 1:a 1:b");
    }

    /// <summary>Hazard 9: the same for a heartbeat, which names an entry and carries none.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_delayed_heartbeat_removes_nothing(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Hold<AppendEntries>(to: "n2", where: append => append.Entries.Count == 0);
        cluster.Heartbeat("n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Propose("n1", "b").ExpectDone();
        cluster.Deliver<AppendEntries>(to: "n2", times: 2);
        cluster.ExpectOnDisk("n2", "1 1:a 1:b");
    }

    /// <summary>
    /// Hazard 10: commitIndex = min(leaderCommit, index of last new entry) (Figure 2). n3 has entries of its own that are not
    /// committed. The read round tells it that 4 entries are committed, and verifies only its first two.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_commits_no_further_than_the_message_verified(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed);
        cluster.Given("n1", "1 1");
        cluster.Given("n2", "1 1");
        cluster.Given("n3", "1 1 1:lost 1:lost");
        cluster.Start();
        cluster.Drop<AppendEntries>(to: "n3", where: append => append.Entries.Count > 0);
        cluster.Elect("n1");
        cluster.Propose("n1", "x").ExpectDone();
        cluster.ExpectCommit("n1", 4);

        cluster.Read("n1").ExpectDone("1@1 2@1 x");
        cluster.ExpectLog("n3", "1 1 1:lost 1:lost");
        cluster.ExpectCommit("n3", 2);
        cluster.ExpectApplied("n3", "1@1 2@1");
        cluster.Heal();
        cluster.Heartbeat("n1");
        cluster.Heartbeat("n1");
        cluster.ExpectApplied("n1 n2 n3", "1@1 2@1 x");
        cluster.ExpectConverged();
    }

    /// <summary>Hazard 11: a majority of all voters, not of those that answered; and half is not a majority.</summary>
    [Theory]
    [InlineData(2, "n1 | n2", "n2")]
    [InlineData(3, "n1 | n2 n3", "n3")]
    [InlineData(4, "n1 n2 | n3 n4", "n4")]
    [InlineData(5, "n1 n2 | n3 n4 n5", "n5")]
    [InlineData(6, "n1 n2 n3 | n4 n5 n6", "n6")]
    public void An_entry_is_committed_when_a_majority_of_the_voters_has_it(int nodes, string partition, string oneMore)
    {
        using var cluster = new SimulatedCluster(nodes).Start();
        cluster.Elect("n1");
        cluster.Partition(partition);
        var write = cluster.Propose("n1", "x");
        cluster.Heartbeat("n1");
        write.ExpectUnderWay();
        cluster.ExpectCommit("n1", 1);

        cluster.Heal();
        cluster.Drop<AppendEntries>(where: append => append.Entries.Count > 0);
        cluster.Hold<AppendEntries>(to: oneMore);
        cluster.Heartbeat("n1");
        write.ExpectUnderWay();
        cluster.Heal();
        cluster.Deliver<AppendEntries>(to: oneMore);
        write.ExpectDone("2:x");
    }
}
