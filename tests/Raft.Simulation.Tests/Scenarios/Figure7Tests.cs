using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Figure 7: when the leader at the top comes to power in term 8, any of (a) to (f) can be a follower's log (Raft §5.3). Here
/// they are n2 to n7.
/// </summary>
public sealed class Figure7Tests
{
    private const string LeadersLog = "1 1 1 4 4 5 5 6 6 6";
    private const string Followers = "n2 n3 n4 n5 n6 n7";

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void All_followers_get_the_leaders_log(long seed)
    {
        using var cluster = Figure7(seed, d: "1 1 1 4 4 5 5 6 6 6 7 7");
        cluster.Elect("n1");
        cluster.ExpectTerm("n1", 8);
        cluster.ExpectLog(Followers, $"{LeadersLog} 8");
        cluster.ExpectOnDisk(Followers, $"{LeadersLog} 8");
        cluster.ExpectCommit("n1", 11);
        cluster.Heartbeat("n1");
        cluster.ExpectConverged();
    }

    /// <summary>§5.4.1: the logs of (c) and (d) are newer than the leader's, so it is elected by the others.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Followers_whose_logs_are_newer_refuse_their_votes(long seed)
    {
        using var cluster = Figure7(seed, d: "1 1 1 4 4 5 5 6 6 6 7 7");
        cluster.Campaign("n1");
        foreach (var newer in new[] { "n4", "n5" })
            Assert.Equal(VoteDenial.LogNotUpToDate, Assert.Single(cluster.Sent<VoteDenied>(from: newer)).Reason);
        Assert.Equal(4, cluster.Sent<VoteGranted>(to: "n1").Count);
        cluster.ExpectVote("n4 n5", null);
    }

    /// <summary>
    /// etcd testdata/probe_and_replicate.txt, with its own (d): the leader finds the last common entry by one rejection for each
    /// term at the most, and sends what is missing after it (end of §5.3).
    /// </summary>
    [Theory]
    [InlineData("n2", 1, 2)]
    [InlineData("n3", 1, 7)]
    [InlineData("n4", 0, 1)]
    [InlineData("n5", 1, 3)]
    [InlineData("n6", 2, 6)]
    [InlineData("n7", 2, 8)]
    public void A_leader_probes_once_for_each_term_and_sends_what_is_missing(string follower, int rejections, int entries)
    {
        using var cluster = Figure7(seed: 1, d: "1 1 1 4 4 5 5 6 7 7 7 7");
        cluster.Elect("n1");
        var appends = cluster.Sent<AppendEntries>(to: follower);
        Assert.Equal(rejections, cluster.Sent<AppendRejected>(from: follower).Count);
        Assert.Equal(rejections + 1, appends.Count);
        Assert.Equal(entries, appends[^1].Entries.Count);
        cluster.ExpectLog(follower, $"{LeadersLog} 8");
    }

    private static SimulatedCluster Figure7(long seed, string d)
    {
        var cluster = new SimulatedCluster(7, seed);
        cluster.Given("n1", LeadersLog, term: 7);
        cluster.Given("n2", "1 1 1 4 4 5 5 6 6");
        cluster.Given("n3", "1 1 1 4");
        cluster.Given("n4", "1 1 1 4 4 5 5 6 6 6 6");
        cluster.Given("n5", d);
        cluster.Given("n6", "1 1 1 4 4 4 4");
        cluster.Given("n7", "1 1 1 2 2 2 3 3 3 3 3");
        return cluster.Start();
    }
}
