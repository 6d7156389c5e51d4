using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A node without a cluster, and others that it may found one with (docs/decisions/012): n1 makes plans, n4 takes them.</summary>
public abstract class BootstrapScenario : RaftScenario
{
    private protected static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly NodeId Id4 = new("n4");
    private protected static readonly Incarnation Self = new(N1, (1L << 52) + 1);
    private protected static readonly Incarnation Self4 = Self with { Node = Id4 };

    private protected void StartBootstrapping(string settings = "") =>
        Start(settings: $"raft {{ members = [], bootstrap-expect = 3, cluster-id = \"\" }}\n{settings}");

    private protected void StartFourth(string settings = "") => StartBootstrapping($"raft.node-id = n4\n{settings}");

    /// <summary>n1 has a plan with n2 and n3, and has asked them.</summary>
    private protected BootstrapPlan Plans(string settings = "")
    {
        StartBootstrapping(settings);
        Present(N2);
        Present(N3);
        TakeAll();
        Advance(Interval);
        var plan = N2.Expects<ProposeBootstrap>().Plan;
        TakeAll();
        return plan;
    }

    private protected void AdvanceBy(int intervals)
    {
        for (var i = 0; i < intervals; i++) Advance(Interval);
    }

    private protected void TakeAll()
    {
        foreach (var peer in new[] { N2, N3, N4, N5 }) peer.TakeAll();
    }

    private protected string WhyAbsent()
    {
        Settle();
        return Down().Reason;
    }

    private protected static void Present(Peer peer) => peer.Sends(new BootstrapPresence(ParticipantOf(peer), Expect: 3));

    private protected static Incarnation ParticipantOf(Peer peer) => new(peer.Id, 1000 + peer.Id.Value[1]);

    /// <summary>A plan of the first one with another and n4.</summary>
    private protected static BootstrapPlan PlanOf(Peer planner, Peer other) => new(
        new ClusterId($"of-{planner.Id}"),
        [.. new[] { ParticipantOf(planner), ParticipantOf(other), Self4 }.OrderBy(f => f.Node.Value, StringComparer.Ordinal)]);
}
