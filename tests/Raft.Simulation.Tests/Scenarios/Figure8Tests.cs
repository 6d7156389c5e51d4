using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Figure 8: why an earlier term's entry is not committed by counting replicas (Raft §5.4.2, hazard 1). S1 to S5 are n1 to n5,
/// and the entries are the no-ops with which each term begins.
/// </summary>
public sealed class Figure8Tests
{
    private static readonly ScenarioOptions OneEntryInAMessage = new() { Settings = "raft.max-append-entries = 1" };

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Figure_8_c_an_earlier_terms_entry_is_not_committed_by_counting_replicas(long seed)
    {
        using var cluster = UntilC(seed);
        cluster.ExpectOnDisk("n1", "1 2 4");
        cluster.ExpectOnDisk("n2 n3 n4", "1 2");
        cluster.ExpectCommit("n1", 0);
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Figure_8_d_the_earlier_terms_entry_is_overwritten_by_the_next_leader(long seed)
    {
        using var cluster = UntilC(seed);
        cluster.Crash("n1");
        cluster.Heal();
        cluster.Restart("n5");
        cluster.Elect("n5");
        cluster.ExpectLog("n2 n3 n4 n5", "1 3 5");
        cluster.ExpectCommit("n5", 3);
        cluster.Restart("n1");
        cluster.Heartbeat("n5");
        cluster.Heartbeat("n5");
        cluster.ExpectLog("n1", "1 3 5");
        cluster.ExpectConverged();
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Figure_8_e_with_an_entry_of_the_leaders_own_term_it_is_committed_and_stays(long seed)
    {
        using var cluster = UntilC(seed);
        cluster.Heal();
        cluster.Drop<AppendEntries>(to: "n4");
        cluster.Heartbeat("n1");
        cluster.ExpectLog("n1 n2 n3", "1 2 4");
        cluster.ExpectCommit("n1", 3);

        cluster.Crash("n1");
        cluster.Restart("n5");
        for (var attempt = 0; attempt < 3; attempt++) cluster.Campaign("n5");
        cluster.ExpectRole("n5", RaftRole.Candidate);
        cluster.Heal();
        cluster.Elect("n3");
        cluster.Heartbeat("n3");
        cluster.ExpectLog("n2 n3 n4 n5", "1 2 4 7");
        cluster.ExpectConverged();
    }

    private static SimulatedCluster UntilC(long seed)
    {
        var cluster = new SimulatedCluster(5, seed, OneEntryInAMessage).Start();
        cluster.Elect("n3");

        // (a) S1 leads term 2 and replicates the entry at index 2 to S2 alone.
        cluster.Drop<AppendEntries>(from: "n1", to: "n3 n4 n5");
        cluster.Elect("n1");
        cluster.ExpectLog("n1 n2", "1 2");

        // (b) S1 crashes. S5 is elected for term 3 by S3, S4 and itself, and takes another entry at index 2.
        cluster.Crash("n1");
        cluster.Drop<AppendEntries>(from: "n5");
        cluster.Elect("n5");
        cluster.ExpectTerm("n5", 3);
        cluster.ExpectLog("n5", "1 3");
        cluster.ExpectLog("n3 n4", "1");

        // (c) S5 crashes. S1 restarts, is elected for term 4, and goes on with the entry at index 2. S3 gets it, and S4 too, so
        // that S1 can count a majority without S2. The message with the entry of term 4, the third one, is still under way.
        cluster.Crash("n5");
        cluster.Heal();
        cluster.Drop<AppendEntries>(from: "n1", to: "n2");
        cluster.Hold<AppendEntries>(from: "n1", to: "n3 n4");
        cluster.Restart("n1");
        cluster.Elect("n1");
        cluster.ExpectTerm("n1", 4);
        cluster.Deliver<AppendEntries>(to: "n3 n4");
        cluster.Deliver<AppendEntries>(to: "n3 n4");
        Assert.Equal([new Term(4), new Term(4)], cluster.Held<AppendEntries>().Select(append => append.Entries[0].Term));
        return cluster;
    }
}
