using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// A node without a cluster, and nodes to bootstrap one with (docs/decisions/012): n1 makes plans, n4 accepts them.
/// </summary>
public abstract class BootstrapScenario : RaftScenario
{
    private protected static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly NodeId Id4 = new("n4");
    private protected static readonly Incarnation Self = new(N1, (1L << 52) + 1);
    private protected static readonly Incarnation Self4 = Self with { Node = Id4 };

    private protected void StartBootstrapping(string settings = "") =>
        Start(settings: $"raft {{ members = [], bootstrap-expect = 3, cluster-id = \"\" }}\n{settings}");

    private protected void StartFourth(string settings = "") => StartBootstrapping($"raft.node-id = n4\n{settings}");

    /// <summary>n1 has proposed a plan to n2 and n3.</summary>
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

    /// <summary>A plan of the first node with another one and n4.</summary>
    private protected static BootstrapPlan PlanOf(Peer planner, Peer other) => new(
        new ClusterId($"of-{planner.Id}"),
        [.. new[] { ParticipantOf(planner), ParticipantOf(other), Self4 }.OrderBy(f => f.Node.Value, StringComparer.Ordinal)]);
}
