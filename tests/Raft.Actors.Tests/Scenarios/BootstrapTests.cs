using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// A node without a cluster, and nodes to bootstrap one with (docs/decisions/012): n1 makes plans, n4 accepts them.
/// </summary>
public sealed class BootstrapTests : BootstrapScenario
{
    [Fact]
    public void A_node_without_a_cluster_tells_all_in_reach_that_it_is_there_once_that_is_on_disk()
    {
        Disk.Hold();
        StartBootstrapping();

        N2.ExpectsNothing();
        DiskCatchesUp();

        Assert.Equal(new BootstrapPresence(Self, Expect: 3), N2.Expects<BootstrapPresence>());
        Assert.Equal(new BootstrapPresence(Self, Expect: 3), N5.Expects<BootstrapPresence>());
        Assert.Equal([new JournalBegun(new GroupId("default"), Self)], Disk.Events);
    }

    [Fact]
    public void It_says_what_it_waits_for()
    {
        StartBootstrapping();
        Present(N2);

        Assert.Equal(
            "it has no cluster yet: it waits until 3 nodes without a cluster see each other, and sees n1, n2", WhyAbsent());
    }

    [Fact]
    public void It_serves_no_client()
    {
        StartBootstrapping();

        TakeAll();

        N2.Sends(FindLeader.Instance);

        Assert.Equal(new LeaderIs(IsSelf: false, Path: null, Term.Zero), N2.Expects<LeaderIs>());
    }

    [Fact]
    public void The_first_by_name_makes_the_plan_and_proposes_it_once_its_own_promise_is_on_disk()
    {
        StartBootstrapping();
        Present(N2);
        Present(N3);
        TakeAll();
        Disk.Hold();

        Advance(Interval);
        N2.ExpectsNothing();
        DiskCatchesUp();

        var plan = N2.Expects<ProposeBootstrap>().Plan;
        Assert.Equal([Self, ParticipantOf(N2), ParticipantOf(N3)], plan.Participants);
        Assert.Equal(plan, N3.Expects<ProposeBootstrap>().Plan);
        N4.ExpectsNothing();
        Assert.Equal(new BootstrapPromised(plan), Disk.Events[^1]);
    }

    [Fact]
    public void The_cluster_is_bootstrapped_when_all_have_promised()
    {
        var plan = Plans();
        N2.Sends(new BootstrapPromise(plan, ParticipantOf(N2)));
        N2.Sends(new BootstrapPromise(plan, ParticipantOf(N2)));
        Assert.Equal(
            $"it has no cluster yet: it waits for the promises of n3 to bootstrap {plan}", WhyAbsent());

        N3.Sends(new BootstrapPromise(plan, ParticipantOf(N3)));

        Assert.Equal(plan.Cluster, Status().ClusterId);
        Assert.Equal(["n1", "n2", "n3"], Status().Members.Select(m => m.NodeId.Value));
        Assert.Equal(plan.Cluster, N2.Expects<ClusterExists>().Cluster);
        Assert.Equal(plan.Cluster, Assert.IsType<ClusterFormed>(Disk.Events[^1]).Cluster);
    }

    [Fact]
    public void No_node_learns_of_the_cluster_before_it_is_on_the_planners_disk()
    {
        var plan = Plans("raft.pre-vote = on");
        Disk.Hold();
        N2.Sends(new BootstrapPromise(plan, ParticipantOf(N2)));
        N3.Sends(new BootstrapPromise(plan, ParticipantOf(N3)));
        Advance(ElectionTimeout);

        N2.ExpectsNothing();
        DiskCatchesUp();

        N2.Expects<ClusterExists>();
        N2.Expects<RequestPreVote>();
    }

    [Fact]
    public void A_promise_of_another_journal_does_not_count()
    {
        var plan = Plans();
        N2.Sends(new BootstrapPromise(plan, ParticipantOf(N2) with { Journal = 99 }));
        N3.Sends(new BootstrapPromise(plan, ParticipantOf(N3)));

        Assert.Contains("waits for the promises of n2", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_planner_that_gets_no_promises_drops_its_plan_and_says_so_once_that_is_on_disk()
    {
        var plan = Plans();
        AdvanceBy(7);
        TakeAll();
        Assert.Contains(Disk.Events, e => e is BootstrapWithdrawn dropped && dropped.Cluster == plan.Cluster);

        N2.Sends(new BootstrapPromise(plan, ParticipantOf(N2)));

        Assert.Equal(new BootstrapDropped(plan.Cluster), N2.Expects<BootstrapDropped>());
    }

    [Fact]
    public void A_participant_promises_to_join_anothers_plan_once_the_promise_is_on_disk()
    {
        StartFourth();
        TakeAll();
        Disk.Hold();
        var plan = PlanOf(N2, N3);

        N2.Sends(new ProposeBootstrap(plan));
        N2.ExpectsNothing();
        DiskCatchesUp();

        Assert.Equal(new BootstrapPromise(plan, Self4), N2.Expects<BootstrapPromise>());
        Assert.Equal(new BootstrapPromised(plan), Disk.Events[^1]);
    }

    [Fact]
    public void A_promise_survives_a_restart_and_is_sent_to_all_participants()
    {
        StartFourth();
        var plan = PlanOf(N2, N3);
        N2.Sends(new ProposeBootstrap(plan));
        CrashAndRestart();
        TakeAll();

        Advance(Interval);

        Assert.Equal(new BootstrapPromise(plan, Self4), N2.Expects<BootstrapPromise>());
        Assert.Equal(new BootstrapPromise(plan, Self4), N3.Expects<BootstrapPromise>());
        Assert.Contains("waits for n2 to say that all have", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_promised_participant_accepts_no_other_plan()
    {
        StartFourth();
        N3.Sends(new ProposeBootstrap(PlanOf(N3, N5)));
        TakeAll();

        N2.Sends(new ProposeBootstrap(PlanOf(N2, N3)));

        N2.ExpectsNothing();
    }

    [Fact]
    public void A_planner_gives_up_its_own_plan_for_that_of_a_lower_name_and_tells_who_is_promised_to_it()
    {
        StartFourth("raft.bootstrap-expect = 2");
        N5.Sends(new BootstrapPresence(ParticipantOf(N5), Expect: 2));
        TakeAll();
        Advance(Interval);
        var own = N5.Expects<ProposeBootstrap>().Plan;

        var others = new BootstrapPlan(new ClusterId("of-n2"), [ParticipantOf(N2), Self4]);
        N2.Sends(new ProposeBootstrap(others));
        N5.Sends(new BootstrapPromise(own, ParticipantOf(N5)));

        Assert.Equal(others, N2.Expects<BootstrapPromise>().Plan);
        Assert.Equal(own.Cluster, N5.Expects<BootstrapDropped>().Cluster);
    }

    [Fact]
    public void A_promised_participant_is_free_when_the_planner_dropped_the_plan()
    {
        StartFourth();
        N3.Sends(new ProposeBootstrap(PlanOf(N3, N5)));
        N3.Sends(new BootstrapDropped(PlanOf(N3, N5).Cluster));
        TakeAll();

        N2.Sends(new ProposeBootstrap(PlanOf(N2, N3)));

        N2.Expects<BootstrapPromise>();
    }

    [Fact]
    public void A_plan_that_names_another_journal_of_this_node_is_not_its_own()
    {
        StartFourth();
        TakeAll();
        var participants = new[] { ParticipantOf(N2), ParticipantOf(N3), Self4 with { Journal = 5 } };

        N2.Sends(new ProposeBootstrap(new BootstrapPlan(new ClusterId("other"), participants)));

        N2.ExpectsNothing();
        Assert.DoesNotContain(Disk.Events, e => e is BootstrapPromised);
    }

    [Fact]
    public void Nodes_that_expect_another_number_do_not_count_and_are_named()
    {
        StartBootstrapping();
        N2.Sends(new BootstrapPresence(ParticipantOf(N2), Expect: 5));
        Present(N3);

        Assert.EndsWith("sees n1, n3; n2 expects 5, and so does not count", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_node_of_the_same_name_is_warned_of_and_does_not_count()
    {
        StartBootstrapping();

        N2.Sends(new BootstrapPresence(new Incarnation(N1, 77), Expect: 3));
        Present(N3);

        Assert.Contains(Warnings(), w => w.Contains("Another node has the name of this node, n1", StringComparison.Ordinal));
        Assert.Contains("sees n1, n3", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_plan_is_refused_with_one_warning()
    {
        StartBootstrapping();
        var plan = new BootstrapPlan(new ClusterId("x"), [ParticipantOf(N3), ParticipantOf(N2), Self]);

        N3.Sends(new ProposeBootstrap(plan));
        N3.Sends(new ProposeBootstrap(plan));

        Assert.Single(Warnings(), w => w.Contains("its participants are not in order", StringComparison.Ordinal));
    }

    [Fact]
    public void However_many_names_are_heard_a_limit_of_them_is_remembered()
    {
        StartBootstrapping();
        for (var i = 1000; i < 1200; i++) N2.Sends(new BootstrapPresence(new Incarnation(new NodeId($"x{i}"), 1), Expect: 5));

        Assert.Equal(64, WhyAbsent().Split(" expects 5").Length - 1);
    }

    [Fact]
    public void A_promised_node_does_not_start_with_fixed_members()
    {
        var plan = new BootstrapPlan(new ClusterId("p"), [Self, ParticipantOf(N2)]);
        Disk.Store(new JournalBegun(new GroupId("default"), Self), new BootstrapPromised(plan));

        Start();

        Assert.StartsWith($"the node has promised to bootstrap {plan}", HaltReason(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bootstrapped_node_restarts_as_a_member_whatever_it_expects()
    {
        var plan = new BootstrapPlan(new ClusterId("p"), [Self, ParticipantOf(N2), ParticipantOf(N3)]);
        Disk.Store(
            new JournalBegun(new GroupId("default"), Self),
            new BootstrapPromised(plan),
            new ClusterFormed(plan.Cluster, new GroupId("default"), N1, plan.Voters));

        StartBootstrapping();

        Assert.Equal(plan.Cluster, Status().ClusterId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_journal_with_bootstrap_events_out_of_order_is_damaged(bool beginsTwice)
    {
        var begun = new JournalBegun(new GroupId("default"), Self);
        if (beginsTwice) Disk.Store(begun, begun);
        else Disk.Store(new BootstrapPromised(PlanOf(N2, N3)));

        StartBootstrapping();

        Assert.Contains("damaged at sequence number", HaltReason(), StringComparison.Ordinal);
    }
}
