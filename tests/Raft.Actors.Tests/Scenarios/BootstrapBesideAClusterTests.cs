using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A node without a cluster learns of one: its own, one that it does not belong to, or one with other members.</summary>
public sealed class BootstrapBesideAClusterTests : BootstrapScenario
{
    [Fact]
    public void A_promised_participant_belongs_to_the_cluster_when_a_member_says_that_it_exists()
    {
        StartFourth();
        var plan = PlanOf(N2, N3);
        N2.Sends(new ProposeBootstrap(plan));

        N3.Sends(new ClusterExists(plan.Cluster, N3.Id, plan.Voters));

        Assert.Equal(plan.Cluster, Status().ClusterId);
    }

    [Fact]
    public void A_promised_participant_belongs_to_the_cluster_when_a_member_sends_it_an_rpc()
    {
        StartFourth();
        var plan = PlanOf(N2, N3);
        N2.Sends(new ProposeBootstrap(plan));

        N3.Sends(Append(plan.Cluster, N3));

        Assert.Equal(N3.Id, Status().LeaderId);
        Assert.Equal([1], LogTerms());
    }

    [Fact]
    public void A_node_outside_of_a_cluster_bootstraps_none_and_names_the_existing_one()
    {
        StartBootstrapping();
        N3.Sends(new ClusterExists(Cluster, N3.Id, [N3.Id, N4.Id, N5.Id]));
        Present(N2);
        Present(N3);
        TakeAll();

        AdvanceBy(3);

        Assert.All(N2.TakeAll(), word => Assert.IsType<BootstrapPresence>(word));
        Assert.Equal(
            "it has no cluster yet: cluster test-cluster of n3, n4, n5 exists already, and this node is no member: it waits "
            + "to be added, and serves nothing until then",
            WhyAbsent());
    }

    [Fact]
    public void A_member_that_lost_its_journal_does_not_pass_for_the_one_that_it_was()
    {
        StartBootstrapping();
        N3.Sends(new ClusterExists(Cluster, N3.Id, [N1, N3.Id, N4.Id]));

        Assert.Contains("does not have the data of its member n1", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_tells_nodes_without_a_cluster_that_there_is_one()
    {
        Node();
        N4.Sends(new BootstrapPresence(ParticipantOf(N4), Expect: 3));

        Assert.Equal(Cluster, N4.Expects<ClusterExists>().Cluster);
    }

    [Fact]
    public void An_rpc_of_a_foreign_cluster_is_refused_with_the_reason()
    {
        StartBootstrapping();
        TakeAll();

        N2.AsksForVote(term: 3);

        Assert.Contains("it has no cluster yet", N2.Expects<RpcRefused>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_planner_that_hears_the_leader_of_a_cluster_bootstraps_none_meanwhile()
    {
        StartBootstrapping();
        N3.Sends(Append(Cluster, N3));
        Present(N2);
        Present(N3);
        TakeAll();

        AdvanceBy(3);

        Assert.All(N2.TakeAll(), word => Assert.IsType<BootstrapPresence>(word));
        Assert.Equal(
            "it has no cluster yet: n3 leads cluster test-cluster, so it bootstraps none, and waits until a member "
            + "says whether it belongs to it",
            WhyAbsent());
    }

    [Fact]
    public void A_plan_is_dropped_when_the_leader_of_a_cluster_is_heard()
    {
        var plan = Plans();

        N4.Sends(Append(Cluster, N4));
        Advance(Interval);

        Assert.Contains(N2.TakeAll(), word => word is BootstrapPresence);
        Assert.Contains(Disk.Events, e => e is BootstrapWithdrawn withdrawn && withdrawn.Cluster == plan.Cluster);
    }

    [Fact]
    public void A_leader_that_falls_silent_does_not_prevent_bootstrapping()
    {
        StartBootstrapping();
        N3.Sends(Append(Cluster, N3));
        AdvanceBy(7);
        Present(N2);
        Present(N3);
        TakeAll();

        Advance(Interval);

        N2.Expects<ProposeBootstrap>();
    }

    [Fact]
    public void A_cluster_with_other_members_does_not_prevent_bootstrapping()
    {
        Start();
        N2.Sends(new ClusterExists(new ClusterId("strangers"), N2.Id, [N2.Id, N3.Id, N4.Id]));
        N4.Sends(Append(new ClusterId("strangers"), N4));
        Present(N2);
        Present(N3);
        TakeAll();

        Advance(Interval);

        N2.Expects<ProposeBootstrap>();
    }

    private static AppendEntries Append(ClusterId cluster, Peer leader) =>
        new(cluster, leader.Id, new Term(1), LogIndex.Zero, Term.Zero, [Entry(1, 1)], LogIndex.Zero, Round: 1);
}
