using Raft.Host.Doctor;
using Xunit;
using static Raft.Host.Tests.Doctor.Facts;

namespace Raft.Host.Tests.Doctor;

/// <summary>Which nodes can't reach each other; nothing is reported as well without evidence.</summary>
public sealed class ConnectivityRuleTests
{
    [Fact]
    public void Who_heard_a_question_and_got_no_answer_knows_which_direction_is_cut()
    {
        // n1's messages don't reach n2; n2's queries arrive, but the answers don't.
        var facts = Healthy
            .Diagnosed(N1, e => e.Seeing(N2, roundTrip: null, heard: 5))
            .Diagnosed(N2, e => e.Seeing(N1, roundTrip: null, heard: null));

        Expect(
            ConnectivityRule.Check(facts), Severity.Problem, N1,
            "n1 can't reach n2, but n2 reaches n1", "Allow connections from n1");

        // n2 does not hear n1, and does not lead.
        Expect(
            ConnectivityRule.Check(facts), Severity.Problem, N1, "n1 can't reach n2", "restart n2 and leave its data as it is");
    }

    [Fact]
    public void Two_who_hear_nothing_of_each_other_are_cut_in_both_directions()
    {
        var facts = Healthy
            .Diagnosed(N2, e => e.Seeing(N3, roundTrip: null, heard: null))
            .Diagnosed(N3, e => e.Seeing(N2, roundTrip: null, heard: 60_000));

        Expect(ConnectivityRule.Check(facts), Severity.Problem, null, "n2 and n3 can't reach each other", "Check the network");
    }

    [Fact]
    public void One_lost_answer_is_no_cut()
    {
        var facts = Healthy.Diagnosed(N2, e => e.Seeing(N3, roundTrip: null, heard: 5));

        Expect(ConnectivityRule.Check(facts), Severity.Warning, N2, "some responses took longer", "network drops packets");
    }

    [Fact]
    public void A_node_that_others_reach_is_up()
    {
        var facts = Healthy.Without(N3);
        facts = facts.Diagnosed(N2, e => e.Seeing(N3));

        Expect(ConnectivityRule.Check(facts), Severity.Problem, N3, "n3 is up: n2 reaches it, but n1 can't", "between n1 and n3");
    }

    /// <summary>The node answers here, so it is only slow; which nodes it reaches is unknown.</summary>
    [Fact]
    public void A_node_that_answers_and_is_not_diagnosed_is_not_taken_for_cut_off_nor_for_well()
    {
        var facts = Healthy with { Diagnostics = [.. Healthy.Diagnostics.Where(e => e.NodeId != N2)] };

        var finding = Assert.Single(ConnectivityRule.Check(facts));

        Assert.Equal((Severity.Note, N2), (finding.Severity, finding.Node));
    }

    [Fact]
    public void While_a_node_is_silent_connectivity_is_not_called_well()
    {
        var finding = Assert.Single(ConnectivityRule.Check(Healthy.Without(N3)));

        Assert.Equal((Severity.Warning, N3), (finding.Severity, finding.Node));
        Assert.Contains("No node that responds to n1 can reach n3", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void While_a_member_has_no_address_connectivity_is_not_called_well()
    {
        var facts = Healthy.Without(N3);
        facts = facts with { Nodes = [.. facts.Nodes.Where(n => n.Node.NodeId != N3)] };

        Assert.DoesNotContain(ConnectivityRule.Check(facts), f => f.Severity == Severity.Ok);
    }

    [Fact]
    public void While_fewer_nodes_are_known_than_are_expected_connectivity_is_not_called_well() => Expect(
        ConnectivityRule.Check(Healthy.SetOnAll("raft.bootstrap-expect", "5")),
        Severity.Warning, null, "3 nodes are known here, but 5 are expected", "RAFT_SEED_NODES");

    /// <summary>
    /// Like after pauses of one process while another starts: the connection is open, but nothing arrives in one direction.
    /// </summary>
    [Fact]
    public void Of_a_silent_node_that_hears_this_one_the_direction_is_named_and_who_is_to_be_restarted()
    {
        var facts = Healthy.Without(N3).Diagnosed(N2, e => e.Hearing(N3, hears: N1));

        Expect(ConnectivityRule.Check(facts), Severity.Problem, N3, "n3 can't reach n1, but n1 reaches n3", "restart n3");
    }

    [Fact]
    public void Of_a_silent_node_that_is_heard_here_the_other_direction_is_named()
    {
        var facts = Healthy.Without(N3).Diagnosed(N2, e => e.Hearing(N3, hears: N2))
            .Diagnosed(N1, e => e.Seeing(N3, roundTrip: null, heard: 40));

        Expect(ConnectivityRule.Check(facts), Severity.Problem, N1, "n1 can't reach n3, but n3 reaches n1", "restart n3");
    }

    [Fact]
    public void A_follower_that_its_leader_does_not_hear_is_told_though_both_answer_here() => Expect(
        ConnectivityRule.Check(
            Healthy.With(N1, s => s with { Followers = [Follower(N2), Follower(N3) with { IsReached = false }] })),
        Severity.Problem, N3, "The leader n1 can't reach n3", "restart n3");

    [Fact]
    public void Writes_wait_while_a_node_is_restarted_that_the_majority_needs()
    {
        var facts = Healthy.With(N1, s => s with { Followers = [Follower(N2), Follower(N3) with { IsReached = false }] });
        facts = facts.Diagnosed(N1, e => e.Seeing(N2, roundTrip: null, heard: null)).Diagnosed(
            N2, e => e.Seeing(N1, roundTrip: null, heard: 5));

        Expect(
            ConnectivityRule.Check(facts), Severity.Problem, N2,
            "n2 can't reach n1", "Writes wait meanwhile: without it, 1 of 3 members take part");
    }
}
