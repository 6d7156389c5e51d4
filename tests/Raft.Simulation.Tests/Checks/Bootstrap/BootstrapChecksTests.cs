using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Checks.Bootstrap;
using Raft.Simulation.Workloads;
using Xunit;
using static Raft.Simulation.Tests.Checks.CheckedRun;

namespace Raft.Simulation.Tests.Checks.Bootstrap;

/// <summary>The properties of bootstrapping: violations that correct nodes never cause are detected.</summary>
public sealed class BootstrapChecksTests
{
    private const string Bootstrap = "raft { members = [], bootstrap-expect = 2 }";
    private static readonly GroupId Group = new("default");
    private static readonly BootstrapPlan Plan12 = Plan("c12", 1, 2);
    private static readonly BootstrapPlan Plan23 = Plan("c23", 2, 3);

    [Fact]
    public void All_nodes_belong_to_one_cluster()
    {
        var run = new CheckedRun(new OneCluster(), hocon: Bootstrap);
        run.Write(1, Formed(1, Plan12));
        run.Write(2, Formed(2, Plan12));
        Assert.Equal(2, run.Examined);

        run.Contradicts(
            "n1 belongs to cluster c12 of n1, n2", "n3 belongs to cluster c23 of n2, n3", () => run.Write(3, Formed(3, Plan23)));
    }

    [Fact]
    public void Only_voters_belong_to_the_cluster()
    {
        var run = new CheckedRun(new OneCluster(), hocon: Bootstrap);

        run.Contradicts(
            "2 nodes make a cluster", "n3 belongs to cluster c12 of n1, n2", () => run.Write(3, Formed(3, Plan12)));
    }

    [Fact]
    public void A_cluster_is_bootstrapped_when_all_participants_have_promised()
    {
        var run = Begun(new BootstrappedByAll());
        run.Write(1, new BootstrapPromised(Plan12));

        run.Contradicts(
            "n2 has promised to join no plan",
            "n1 considers cluster c12 of n1, n2 bootstrapped",
            () => run.Write(1, Formed(1, Plan12)));
    }

    [Fact]
    public void A_promise_to_join_a_bootstrapped_cluster_is_never_revoked()
    {
        var run = Begun(new BootstrappedByAll());
        run.Write(1, new BootstrapPromised(Plan12));
        run.Write(2, new BootstrapPromised(Plan12));
        run.Write(1, Formed(1, Plan12));

        run.Contradicts(
            "cluster c12 of n1, n2 is bootstrapped",
            "n2 withdrew from it",
            () => run.Write(2, new BootstrapWithdrawn(Plan12.Cluster)));
    }

    [Fact]
    public void A_participant_does_not_leave_the_plan_of_another_by_itself()
    {
        var run = Begun(new BootstrappedByAll());
        run.Write(2, new BootstrapPromised(Plan23));
        run.Write(2, new BootstrapPromised(Plan12));
        run.Write(3, new BootstrapPromised(Plan23));

        run.Contradicts(
            "n3 has promised n2 to join cluster c23 of n2, n3",
            "it left that plan for cluster c13 of n1, n3 by itself",
            () => run.Write(3, new BootstrapPromised(Plan("c13", 1, 3))));
    }

    [Fact]
    public void A_message_about_a_plan_is_sent_when_the_plan_is_on_disk()
    {
        var check = new BootstrapMessagesAreDurable();
        var run = Begun(check);
        Say(check, 1, new BootstrapPresence(ParticipantOf(1), Expect: 2));
        run.Write(1, new BootstrapPromised(Plan12));
        Say(check, 1, new ProposeBootstrap(Plan12));
        run.Write(1, Formed(1, Plan12));
        Say(check, 1, new ClusterExists(Plan12.Cluster, Id(1), Plan12.Voters));
        Assert.Equal(3, run.Examined);

        foreach (var untrue in new object[]
                 {
                     new BootstrapPresence(ParticipantOf(2) with { Journal = 9 }, Expect: 2),
                     new BootstrapPromise(Plan12, ParticipantOf(2)),
                     new ClusterExists(Plan12.Cluster, Id(2), Plan12.Voters),
                     new TimeoutNow(Plan12.Cluster, Id(2), new Term(1)),
                 })
            Assert.Throws<ViolationException>(() => Say(check, 2, untrue));

        run.Write(2, new BootstrapPromised(Plan23));
        Assert.Throws<ViolationException>(() => Say(check, 2, new BootstrapDropped(Plan23.Cluster)));
    }

    private static CheckedRun Begun(Check check)
    {
        var run = new CheckedRun(check, hocon: Bootstrap);
        for (var node = 1; node <= 3; node++) run.Write(node, new JournalBegun(Group, ParticipantOf(node)));
        return run;
    }

    private static void Say(Check check, int node, object word) => check.OnEncoded($"n{node}", "n1", word, bytes: 10);

    private static ClusterFormed Formed(int node, BootstrapPlan plan) => new(plan.Cluster, Group, Id(node), plan.Voters);

    private static Incarnation ParticipantOf(int node) => new(Id(node), node);

    private static BootstrapPlan Plan(string cluster, params int[] nodes) =>
        new(new ClusterId(cluster), [.. nodes.Select(ParticipantOf)]);
}
