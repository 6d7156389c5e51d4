using Akka.TestKit;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Leadership transfer (dissertation §3.10).</summary>
public sealed class LeadershipTransferTests : RaftScenario
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private readonly TestProbe _operator;

    public LeadershipTransferTests() => _operator = CreateTestProbe("operator");

    [Fact]
    public void An_up_to_date_target_gets_TimeoutNow_at_once()
    {
        var term = EstablishedLeader();
        Transfer(N2);
        Assert.Equal(term, N2.Expects<TimeoutNow>().Term.Value);
        N3.ExpectsNothing();
    }

    [Fact]
    public void A_target_that_is_behind_is_brought_up_to_date_first()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N3.Accepts(term, match: 2);
        N2.TakeAll();
        Transfer(N2);
        N2.ExpectsNothing();
        N2.Accepts(term, match: 2);
        N2.Expects<TimeoutNow>();
    }

    [Fact]
    public void During_a_transfer_commands_wait_and_nothing_is_appended()
    {
        EstablishedLeader();
        Transfer(N2);
        Client.Proposes("a", "b");
        Assert.Equal(1, Status().LastLogIndex.Value);
        Client.ExpectsNothing();
    }

    [Fact]
    public void When_the_target_is_elected_the_operator_is_answered_and_commands_go_to_the_new_leader()
    {
        var term = EstablishedLeader();
        Transfer(N2);
        var command = Client.Proposes("a");
        N2.Sends(new RequestVote(Cluster, N2.Id, new Term(term + 1), new LogIndex(1), new Term(term), IsTransfer: true));
        Assert.Equal(command, Client.Expects<NotLeader>().RequestId);
        Assert.Equal(N2.Id, Status().VotedFor);
        _operator.ExpectNoMsg(TimeSpan.Zero);
        N2.Heartbeats(term + 1, (1, term));
        Assert.Equal(
            new LeadershipTransferred(N1, N2.Id, new Term(term + 1)), _operator.ExpectMsg<LeadershipTransferred>());
    }

    [Fact]
    public void When_another_node_is_elected_the_operator_learns_which()
    {
        var term = EstablishedLeader();
        Transfer(N2);
        N3.Heartbeats(term + 1, (1, term));
        Assert.Equal("n3 was elected, and not n2.", Refusal(TransferRefusal.TimedOut));
    }

    [Fact]
    public void The_leader_gives_up_after_an_election_timeout_and_appends_the_waiting_commands()
    {
        EstablishedLeader();
        Transfer(N2);
        Client.Proposes("a");
        Advance(Deadline);
        Assert.Equal("n2 did not take over within 1000 ms; n1 leads.", Refusal(TransferRefusal.TimedOut));
        Assert.Equal((RaftRole.Leader, 2), (Status().Role, Status().LastLogIndex.Value));
    }

    /// <summary>The message may be lost.</summary>
    [Fact]
    public void Every_heartbeat_repeats_TimeoutNow()
    {
        EstablishedLeader();
        Transfer(N2);
        N2.Expects<TimeoutNow>();
        HeartbeatIntervalPasses();
        N2.ExpectsAfterHeartbeats<TimeoutNow>();
    }

    [Theory]
    [InlineData("n1", TransferRefusal.Conflict, "n1 leads already.")]
    [InlineData("n9", TransferRefusal.NoMember, "n9 is no member of the group: it has n1, n2, n3.")]
    public void Invalid_requests_are_refused_and_change_nothing(string target, TransferRefusal refusal, string reason)
    {
        EstablishedLeader();
        Ask(new NodeId(target));
        Assert.Equal(reason, Refusal(refusal));
        Client.Proposes("a");
        Assert.Equal(2, Status().LastLogIndex.Value);
    }

    [Fact]
    public void A_target_that_does_not_answer_is_refused()
    {
        var term = EstablishedLeader();
        Advance(TimeSpan.FromMilliseconds(1001));
        N3.Accepts(term, match: 1);
        Transfer(N2);
        Assert.Equal("n2 does not answer; n1 goes on leading.", Refusal(TransferRefusal.Conflict));
    }

    [Fact]
    public void While_one_transfer_is_under_way_another_is_refused_and_the_same_one_joined()
    {
        var term = EstablishedLeader();
        Transfer(N2);
        Transfer(N3);
        Assert.Equal(
            "The leadership is on its way to n2; try again when that is decided.", Refusal(TransferRefusal.Conflict));
        Transfer(N2);
        Ask(target: null);
        N2.Heartbeats(term + 1, (1, term));
        for (var i = 0; i < 3; i++) _operator.ExpectMsg<LeadershipTransferred>();
    }

    [Fact]
    public void Without_a_target_the_follower_with_the_longest_log_is_chosen()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N3.Accepts(term, match: 2);
        N3.TakeAll();
        Ask(target: null);
        N3.Expects<TimeoutNow>();
    }

    [Fact]
    public void Without_a_target_a_follower_that_prefers_leading_goes_first_and_one_that_avoids_it_last()
    {
        var term = EstablishedLeader(members: 5);
        N2.Sends(new AppendAccepted(Cluster, N2.Id, new Term(term), new LogIndex(1), 1, LeadershipPreference.Avoid));
        N4.Sends(new AppendAccepted(Cluster, N4.Id, new Term(term), new LogIndex(1), 1, LeadershipPreference.Prefer));
        Ask(target: null);
        N4.Expects<TimeoutNow>();
    }

    /// <summary>Commands would wait until it has caught up or the transfer has timed out.</summary>
    [Fact]
    public void Without_a_target_a_follower_with_all_committed_entries_goes_before_one_that_prefers_leading()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N3.Accepts(term, match: 2);
        N2.Sends(new AppendAccepted(Cluster, N2.Id, new Term(term), new LogIndex(1), 1, LeadershipPreference.Prefer));
        N3.TakeAll();
        Ask(target: null);
        N3.Expects<TimeoutNow>();
    }

    [Fact]
    public void Without_another_member_that_answers_the_leader_continues()
    {
        EstablishedLeader();
        Advance(TimeSpan.FromMilliseconds(1001));
        Ask(target: null);
        Assert.Equal("No other member answers; n1 goes on leading.", Refusal(TransferRefusal.Conflict));
    }

    [Fact]
    public void A_follower_passes_the_request_on_to_its_leader_which_answers_the_operator_itself()
    {
        Node(Terms(1));
        N2.Heartbeats(term: 1, (1, 1));
        N2.TakeAll();
        Ask(N3.Id);
        Assert.Equal(N3.Id, N2.Expects<TransferLeadership>().Target);
        Assert.Equal(_operator.Ref, N2.LastSender);
    }

    [Fact]
    public void A_node_that_knows_no_leader_says_so()
    {
        Node(Terms(1));
        Ask(N2.Id);
        Assert.Equal("No leader is known; try again after an election.", Refusal(TransferRefusal.NoLeader));
    }

    /// <summary>The voters still hear the old leader, but grant their vote all the same.</summary>
    [Fact]
    public void The_target_campaigns_at_once_without_pre_votes_and_says_why()
    {
        Node(Terms(1), settings: "raft.pre-vote = on");
        N2.Heartbeats(term: 1, (1, 1));
        N2.TakeAll();
        N2.Sends(new TimeoutNow(Cluster, N2.Id, new Term(1)));
        var request = N3.Expects<RequestVote>();
        Assert.Equal((2, true), (request.Term.Value, request.IsTransfer));
    }

    [Fact]
    public void A_voter_that_hears_the_old_leader_votes_for_the_one_that_it_named()
    {
        Node(Terms(1), settings: "raft.pre-vote = on");
        N2.Heartbeats(term: 1, (1, 1));
        N2.TakeAll();
        N3.Sends(new RequestVote(Cluster, N3.Id, new Term(2), new LogIndex(1), new Term(1), IsTransfer: true));
        Assert.Equal(2, N3.Expects<VoteGranted>().Term.Value);
    }

    [Theory]
    [InlineData("n2", 1)]
    [InlineData("n3", 2)]
    public void Only_the_own_leader_of_this_term_can_make_a_node_campaign(string sender, long term)
    {
        Node(Terms(1), term: 2);
        N2.Heartbeats(term: 2, (1, 1));
        (sender == "n2" ? N2 : N3).Sends(new TimeoutNow(Cluster, new NodeId(sender), new Term(term)));
        Assert.Equal((RaftRole.Follower, 2), (Status().Role, Status().Term.Value));
    }

    [Fact]
    public void A_node_that_is_shut_down_transfers_the_leadership_only_if_it_leads()
    {
        EstablishedLeader();
        Tell(TransferOnShutdown.Instance, _operator.Ref);
        N2.Expects<TimeoutNow>();

        N2.Heartbeats(term: 9);
        _operator.ExpectMsg<LeadershipTransferred>();
        N2.TakeAll();
        Tell(TransferOnShutdown.Instance, _operator.Ref);
        Assert.Equal("n1 does not lead.", Refusal(TransferRefusal.Conflict));
        N2.ExpectsNothing();
    }

    /// <summary>
    /// Otherwise its successor transfers the leadership back while it stops, and the others wait for an election timeout after
    /// all.
    /// </summary>
    [Fact]
    public void A_leader_that_is_shut_down_avoids_leading()
    {
        var term = EstablishedLeader(settings: "raft.leadership-preference = prefer");
        Tell(TransferOnShutdown.Instance, _operator.Ref);
        N2.TakeAll();

        N2.Heartbeats(term: term + 1);
        Assert.Equal(LeadershipPreference.Avoid, N2.Expects<AppendAccepted>().Preference);
    }

    [Fact]
    public void A_follower_that_is_shut_down_avoids_leading()
    {
        Node(Terms(1), settings: "raft.leadership-preference = prefer");
        Tell(TransferOnShutdown.Instance, _operator.Ref);
        N2.Heartbeats(term: 1, (1, 1));
        Assert.Equal(LeadershipPreference.Avoid, N2.Expects<AppendAccepted>().Preference);
    }

    [Fact]
    public void A_leader_transfers_the_leadership_to_a_follower_with_a_higher_preference()
    {
        var term = EstablishedLeader(settings: "raft.leadership-preference = neutral");
        Beat(term, 9, LeadershipPreference.Prefer);
        Assert.Empty(N2.TakeAll().OfType<TimeoutNow>());
        Beat(term, 2, LeadershipPreference.Prefer);
        Assert.NotEmpty(N2.TakeAll().OfType<TimeoutNow>());
    }

    [Theory]
    [InlineData(LeadershipPreference.Prefer, LeadershipPreference.Prefer)]
    [InlineData(LeadershipPreference.Neutral, LeadershipPreference.Neutral)]
    [InlineData(LeadershipPreference.Prefer, LeadershipPreference.Neutral)]
    [InlineData(LeadershipPreference.Neutral, LeadershipPreference.Avoid)]
    public void A_leader_stays_if_no_follower_has_a_higher_preference(LeadershipPreference own, LeadershipPreference other)
    {
        var term = EstablishedLeader(settings: $"raft.leadership-preference = {own.ToString().ToLowerInvariant()}");
        Beat(term, 15, other);
        Assert.DoesNotContain(N2.TakeAll(), message => message is TimeoutNow);
    }

    /// <summary>Otherwise it would get TimeoutNow with every heartbeat, and hardly any command would be appended.</summary>
    [Fact]
    public void After_a_failed_transfer_the_leader_waits_for_ten_election_timeouts()
    {
        var term = EstablishedLeader();
        Beat(term, 11, LeadershipPreference.Prefer);
        Advance(Deadline);
        N2.TakeAll();
        Beat(term, 80, LeadershipPreference.Prefer);
        Assert.DoesNotContain(N2.TakeAll(), message => message is TimeoutNow);
        Beat(term, 20, LeadershipPreference.Prefer);
        Assert.Contains(N2.TakeAll(), message => message is TimeoutNow);
    }

    /// <summary>Otherwise a preferred node that can't keep the leadership would get it back again and again.</summary>
    [Fact]
    public void A_leader_that_transferred_its_leadership_and_leads_again_waits_for_ten_election_timeouts_too()
    {
        var term = EstablishedLeader();
        Beat(term, 11, LeadershipPreference.Prefer);
        N2.Heartbeats(term + 1, (1, term));
        var again = WinElection();
        N2.Accepts(again, match: 2);
        N2.TakeAll();
        Beat(again, 80, LeadershipPreference.Prefer);
        Assert.Equal((RaftRole.Leader, again), (Status().Role, Status().Term.Value));
        Assert.DoesNotContain(N2.TakeAll(), message => message is TimeoutNow);
    }

    [Fact]
    public void A_node_that_avoids_leading_waits_an_election_timeout_longer()
    {
        Node(Terms(1), settings: "raft.leadership-preference = avoid");
        Advance(ElectionTimeout + TimeSpan.FromMilliseconds(999));
        Assert.Equal(RaftRole.Follower, Status().Role);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    [Fact]
    public void A_follower_tells_its_leader_what_it_prefers()
    {
        Node(Terms(1), settings: "raft.leadership-preference = prefer");
        N2.Heartbeats(term: 1, (1, 1));
        Assert.Equal(LeadershipPreference.Prefer, N2.Expects<AppendAccepted>().Preference);
    }

    private void Transfer(Peer target) => Ask(target.Id);

    private void Ask(NodeId? target)
    {
        Tell(new TransferLeadership(target), _operator.Ref);
        Settle();
    }

    private string Refusal(TransferRefusal expected)
    {
        var refused = _operator.ExpectMsg<TransferRefused>();
        Assert.Equal(expected, refused.Refusal);
        return refused.Reason;
    }

    private void Beat(long term, int times, LeadershipPreference preference)
    {
        for (var i = 0; i < times; i++)
        {
            HeartbeatIntervalPasses();
            N2.Sends(new AppendAccepted(Cluster, N2.Id, new Term(term), new LogIndex(1), 1, preference));
        }
    }
}
