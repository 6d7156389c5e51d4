using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Pre-vote and leader stickiness (dissertation §4.2.3, §9.6), partly after etcd's prevote and prevote_checkquorum.
/// </summary>
public sealed class PreVoteTests
{
    /// <summary>Hazard 14: an isolated node keeps requesting pre-votes, and its term does not increase.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_isolated_node_that_returns_raises_no_term_and_deposes_no_leader(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { HasElectionTimers = true }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        var isolated = cluster.Others(leader).Split(' ')[0];
        cluster.Isolate(isolated);
        cluster.ForgetSent();
        cluster.Run(TimeSpan.FromSeconds(10));
        Assert.NotEmpty(cluster.Sent<RequestPreVote>(from: isolated));
        cluster.ExpectRole(isolated, RaftRole.Follower);
        cluster.ExpectTerm("n1 n2 n3", 1);

        cluster.Propose(leader, "x").ExpectDone();
        cluster.Heal();
        cluster.Run(TimeSpan.FromSeconds(2));
        cluster.ExpectLeader(leader);
        cluster.ExpectTerm("n1 n2 n3", 1);
        cluster.ExpectConverged();
        Assert.Empty(cluster.Sent<RequestVote>());
    }

    /// <summary>The other half of hazard 14: this is the purpose of pre-vote.</summary>
    [Fact]
    public void Without_pre_vote_an_isolated_node_that_comes_back_deposes_the_leader()
    {
        using var cluster = new SimulatedCluster(
            3, 1, new ScenarioOptions { HasElectionTimers = true, Settings = "raft.pre-vote = off" }).Start();
        var leader = cluster.AwaitLeader(TimeSpan.FromSeconds(5));
        cluster.Isolate(cluster.Others(leader).Split(' ')[0]);
        cluster.Run(TimeSpan.FromSeconds(10));
        cluster.ExpectTerm(leader, 1);
        cluster.Heal();
        cluster.Run(TimeSpan.FromSeconds(1));
        Assert.Throws<ScenarioException>(() => cluster.ExpectTerm(leader, 1));
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_whose_log_is_behind_gets_no_pre_vote_and_keeps_its_term(long seed)
    {
        using var cluster = ByHand.Cluster(3, seed);
        cluster.Given("n1", "1 1");
        cluster.Given("n2", "1 1");
        cluster.Given("n3", "1");
        cluster.Start();
        cluster.Run(ByHand.Stickiness);
        cluster.Campaign("n3 n3");
        cluster.ExpectTerm("n1 n2 n3", 1);
        cluster.ExpectVote("n1 n2 n3", null);
        Assert.Equal(
            [VoteDenial.LogNotUpToDate], cluster.Sent<PreVoteDenied>(to: "n3").Select(denied => denied.Reason).Distinct());

        cluster.Campaign("n2");
        cluster.ExpectLeader("n2");
        cluster.ExpectTerm("n1 n2 n3", 2);
    }

    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_hears_a_leader_elects_no_other_until_it_has_lost_it(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Campaign("n2");
        cluster.ExpectLeader("n1");
        cluster.ExpectTerm("n1 n2 n3", 1);
        Assert.Equal(
            [VoteDenial.LeaderIsKnown], cluster.Sent<PreVoteDenied>(to: "n2").Select(denied => denied.Reason).Distinct());

        cluster.Isolate("n1");
        cluster.Campaign("n2");
        cluster.ExpectRole("n2", RaftRole.Follower);
        cluster.Run(ByHand.Stickiness);
        cluster.Campaign("n2");
        cluster.ExpectRole("n2", RaftRole.Leader);
        cluster.ExpectTerm("n2 n3", 2);
        cluster.Heal();
        cluster.Heartbeat("n2");
        cluster.ExpectFollowers("n1 n3", "n2");
    }

    /// <summary>The node may have heard a leader in its previous incarnation, and a lease may depend on it.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_node_that_has_just_started_elects_no_leader(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Isolate("n1");
        cluster.Run(ByHand.Stickiness);
        cluster.Restart("n3");
        cluster.Campaign("n2");
        cluster.ExpectRole("n2", RaftRole.Follower);
        cluster.ExpectTerm("n2 n3", 1);
        cluster.Run(ByHand.Stickiness);
        cluster.Campaign("n2");
        cluster.ExpectRole("n2", RaftRole.Leader);
    }

    /// <summary>A pre-vote that was granted before the leader returned elects no node any more.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Grants_that_come_after_the_leader_was_heard_lead_to_no_campaign(long seed)
    {
        using var cluster = ByHand.Ready(3, seed);
        cluster.Elect("n1");
        cluster.Isolate("n1");
        cluster.Run(ByHand.Stickiness);
        cluster.Hold<PreVoteGranted>(to: "n2");
        cluster.Campaign("n2");
        cluster.Heal();
        cluster.Heartbeat("n1");
        cluster.ExpectFollowers("n2 n3", "n1");
        cluster.Deliver<PreVoteGranted>(to: "n2");
        cluster.ExpectLeader("n1");
        cluster.ExpectTerm("n1 n2 n3", 1);
    }

    /// <summary>Grants of two attempts do not add up: in between, a voter may have found a leader.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Grants_of_an_earlier_attempt_do_not_count(long seed)
    {
        using var cluster = ByHand.Ready(5, seed);
        cluster.Hold<PreVoteGranted>(to: "n1");
        cluster.Campaign("n1");
        cluster.Campaign("n1");
        var first = cluster.Sent<RequestPreVote>(from: "n1")[0].Attempt;
        cluster.Deliver<PreVoteGranted>(from: "n2 n3 n4", where: granted => granted.Attempt == first);
        cluster.ExpectTerm("n1", 0);
        cluster.Deliver<PreVoteGranted>(from: "n2 n3", where: granted => granted.Attempt != first);
        cluster.ExpectLeader("n1");
    }
}
