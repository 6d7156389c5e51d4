using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Elections, which other implementations got wrong: hazards 2 to 8 (Raft §5.1, §5.2, §5.4.1).</summary>
public sealed class ElectionHazardTests
{
    /// <summary>Hazard 2: votedFor is persistent state, updated before responding (Figure 2).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_vote_is_sent_when_it_is_on_disk(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Crash("n3");
        cluster.HoldDisk("n2");
        cluster.Campaign("n1");
        cluster.ExpectRole("n1", RaftRole.Candidate);
        Assert.Empty(cluster.Sent<VoteGranted>());
        cluster.DoOneWrite("n2");
        cluster.ExpectLeader("n1");
    }

    /// <summary>Hazard 2: a vote that is on no disk was never sent, so it can go to another candidate of the term.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_vote_that_was_lost_with_its_write_elects_no_leader(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Isolate("n3");
        cluster.HoldDisk("n2");
        cluster.Campaign("n1");
        cluster.Restart("n2");
        cluster.ExpectVote("n2", null);
        cluster.Heal();
        cluster.Isolate("n1");
        cluster.Elect("n3");
        cluster.ExpectTerm("n1 n2 n3", 1);
        cluster.ExpectVote("n2", "n3");
        cluster.ExpectLeader("n3");
    }

    /// <summary>Hazard 2: neither a crash nor a supervisor's restart makes a node vote twice in a term.</summary>
    [Theory]
    [InlineData("crash")]
    [InlineData("failed write")]
    [InlineData("rejected write")]
    public void A_vote_is_remembered_after(string trouble)
    {
        using var cluster = new SimulatedCluster(3).Start();
        cluster.Isolate("n3");
        cluster.Elect("n1");
        if (trouble == "crash") cluster.Crash("n2");
        if (trouble == "failed write") cluster.FailWrites("n2");
        if (trouble == "rejected write") cluster.RejectWrites("n2");
        cluster.Propose("n1", "x");
        cluster.ExpectDown("n2");

        cluster.Heal();
        cluster.MendDisk("n2");
        cluster.Isolate("n1");
        if (trouble == "crash") cluster.Restart("n2");
        else cluster.Run(TimeSpan.FromMilliseconds(250));
        cluster.Campaign("n3");
        cluster.ExpectVote("n2", "n1");
        Assert.Equal(VoteDenial.AlreadyVoted, Assert.Single(cluster.Sent<VoteDenied>(from: "n2", to: "n3")).Reason);
        cluster.ExpectRole("n3", RaftRole.Candidate);
    }

    /// <summary>
    /// Hazard 2 with the circuit breaker: the journal kept the vote, so it counts, although it was never sent.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_vote_whose_write_was_said_to_have_failed_is_remembered(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Isolate("n3");
        cluster.FailWritesFalsely("n2");
        cluster.Campaign("n1");
        Assert.Empty(cluster.Sent<VoteGranted>());
        cluster.ExpectDown("n2");

        cluster.MendDisk("n2");
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.Restart("n2");
        cluster.Heal();
        cluster.Isolate("n1");
        cluster.Campaign("n3");
        cluster.ExpectVote("n2", "n1");
        cluster.ExpectNoLeader();
    }

    /// <summary>Hazard 3: votes are collected in a set.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_vote_that_is_delivered_three_times_counts_once(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Hold<VoteGranted>(to: "n1");
        cluster.Campaign("n1");
        cluster.Deliver<VoteGranted>(from: "n2", times: 3);
        cluster.ExpectRole("n1", RaftRole.Candidate);
        cluster.Deliver<VoteGranted>(from: "n3");
        cluster.ExpectLeader("n1");
    }

    /// <summary>Hazard 4: a vote counts in its own term (§5.2).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Votes_of_an_old_term_elect_no_leader(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Hold<VoteGranted>(to: "n1");
        cluster.Campaign("n1");
        cluster.Drop<RequestVote>();
        cluster.Campaign("n1");
        cluster.Deliver<VoteGranted>(from: "n2 n3 n4 n5");
        cluster.ExpectRole("n1", RaftRole.Candidate);
        cluster.ExpectTerm("n1", 2);
    }

    /// <summary>Hazard 4: a vote that arrives after the candidate was deposed does not turn a follower into a leader.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Votes_that_arrive_after_a_newer_leader_elect_no_leader(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Hold<VoteGranted>(to: "n1");
        cluster.Campaign("n1");
        cluster.Elect("n2");
        cluster.Deliver<VoteGranted>(to: "n1");
        cluster.ExpectLeader("n2");
        cluster.ExpectFollowers("n1 n3", "n2");
    }

    /// <summary>
    /// Hazard 5: of two timeouts in the mailbox, the second does not start an election while the first one does.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Two_election_timeouts_in_the_mailbox_are_one_election_and_one_own_vote(long seed)
    {
        using var cluster = new SimulatedCluster(5, seed).Start();
        cluster.Partition("n1 n2 | n3 n4 n5");
        cluster.Campaign("n1 n1");
        cluster.ExpectRole("n1", RaftRole.Candidate);
        cluster.ExpectTerm("n1 n2", 1);
        Assert.Single(cluster.Sent<RequestVote>(to: "n2"));
    }

    /// <summary>Hazard 6: the up-to-date check compares last terms first (§5.4.1).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_shorter_log_with_a_later_last_term_wins(long seed)
    {
        using var cluster = Hazard6(seed);
        cluster.Elect("n1");
        cluster.ExpectLog("n1 n2", "1 2 3");
    }

    /// <summary>Hazard 6, the other way round: length does not make up for an older term.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_longer_log_with_an_earlier_last_term_loses(long seed)
    {
        using var cluster = Hazard6(seed);
        for (var attempt = 0; attempt < 3; attempt++) cluster.Campaign("n2");
        cluster.ExpectRole("n2", RaftRole.Candidate);
        Assert.Equal(
            [VoteDenial.LogNotUpToDate], cluster.Sent<VoteDenied>(from: "n1").Select(denied => denied.Reason).Distinct());
    }

    /// <summary>§5.4.1: with equal last terms the longer log wins, and an equal one is good enough.</summary>
    [Theory]
    [InlineData("1 1", "1 1", true)]
    [InlineData("1 1 1", "1 1", true)]
    [InlineData("1", "1 1", false)]
    public void With_equal_last_terms_the_longer_log_wins(string candidates, string voters, bool isElected)
    {
        using var cluster = new SimulatedCluster(3);
        cluster.Given("n1", candidates);
        cluster.Given("n2", voters);
        cluster.Start("n1 n2");
        for (var attempt = 0; attempt < 2; attempt++) cluster.Campaign("n1");
        cluster.ExpectRole("n1", isElected ? RaftRole.Leader : RaftRole.Candidate);
    }

    /// <summary>
    /// Hazard 7: a candidate that can't win does not prevent the nodes that deny it their vote from campaigning (§5.2).
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_refused_vote_does_not_reset_the_election_timer(long seed)
    {
        using var cluster = new SimulatedCluster(
            3, seed, new ScenarioOptions { HasElectionTimers = true, Settings = "raft.pre-vote = off" });
        cluster.Given("n1", "1 1");
        cluster.Given("n2", "1 1");
        cluster.Given("n3", "1");
        cluster.Start();
        for (var campaign = 0; campaign < 5; campaign++)
        {
            cluster.Campaign("n3");
            cluster.Run(TimeSpan.FromMilliseconds(200));
        }

        Assert.NotEmpty(cluster.Sent<RequestVote>(from: "n1 n2"));
        Assert.NotEmpty(cluster.Sent<VoteDenied>(to: "n3"));
    }

    /// <summary>Hazard 8: a node that granted a vote gives the candidate an election timeout to become leader (§5.2).</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_granted_vote_resets_the_election_timer(long seed)
    {
        var timeouts = "raft.election-timeout-min = 500ms\nraft.election-timeout-max = 501ms\nraft.pre-vote = off";
        using var cluster = new SimulatedCluster(
            3, seed, new ScenarioOptions { HasElectionTimers = true, Settings = timeouts }).Start();
        cluster.Run(TimeSpan.FromMilliseconds(480) - cluster.Now);
        cluster.Drop<AppendEntries>();
        cluster.Elect("n1");
        cluster.ForgetSent();

        cluster.Run(TimeSpan.FromMilliseconds(970) - cluster.Now);
        cluster.ExpectTerm("n1 n2 n3", 1);
        cluster.ExpectRole("n2 n3", RaftRole.Follower);
        cluster.Run(TimeSpan.FromMilliseconds(30));
        Assert.NotEmpty(cluster.Sent<RequestVote>(from: "n2"));
    }

    private static SimulatedCluster Hazard6(long seed)
    {
        var cluster = new SimulatedCluster(3, seed);
        cluster.Given("n1", "1 2");
        cluster.Given("n2", "1 1 1", term: 2);
        return cluster.Start("n1 n2");
    }
}
