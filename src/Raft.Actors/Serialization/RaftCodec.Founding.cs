using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>What nodes without a cluster say to each other, and what they write down of it.</summary>
internal static partial class RaftCodec
{
    private static FounderPresentMessage ToProto(FounderPresent m) => new() { From = ToProto(m.From), Expect = m.Expect };

    private static FounderPresent FromProto(FounderPresentMessage p) => new(Incarnation(p.From), p.Expect);

    private static ProposeFoundingMessage ToProto(ProposeFounding m) => new() { Plan = ToProto(m.Plan) };

    private static ProposeFounding FromProto(ProposeFoundingMessage p) => new(PlanOf(p.Plan));

    private static FoundingPromiseMessage ToProto(FoundingPromise m) => new() { Plan = ToProto(m.Plan), From = ToProto(m.From) };

    private static FoundingPromise FromProto(FoundingPromiseMessage p) => new(PlanOf(p.Plan), Incarnation(p.From));

    private static FoundingDroppedMessage ToProto(FoundingDropped m) => new() { Cluster = m.Cluster.Value };

    private static FoundingDropped FromProto(FoundingDroppedMessage p) => new(new ClusterId(p.Cluster));

    private static ClusterExistsMessage ToProto(ClusterExists m)
    {
        var proto = new ClusterExistsMessage { Cluster = m.Cluster.Value, From = m.From.Value };
        foreach (var voter in m.Voters) proto.Voters.Add(voter.Value);
        foreach (var incarnation in m.Incarnations) proto.Incarnations.Add(ToProto(incarnation));
        return proto;
    }

    private static ClusterExists FromProto(ClusterExistsMessage p) =>
        new(new ClusterId(p.Cluster), new NodeId(p.From), Map(p.Voters, v => new NodeId(v)))
        {
            Incarnations = Map(p.Incarnations, Incarnation),
        };

    private static JournalBegunEvent ToProto(JournalBegun e) =>
        new() { Group = e.Group.Value, Self = ToProto(e.Self), IsSuccessor = e.IsSuccessor };

    private static JournalBegun FromProto(JournalBegunEvent p) =>
        new(new GroupId(p.Group), Incarnation(p.Self), p.IsSuccessor);

    private static FoundingPromisedEvent ToProto(FoundingPromised e) => new() { Plan = ToProto(e.Plan) };

    private static FoundingPromised FromProto(FoundingPromisedEvent p) => new(PlanOf(p.Plan));

    private static FoundingWithdrawnEvent ToProto(FoundingWithdrawn e) => new() { Cluster = e.Cluster.Value };

    private static FoundingWithdrawn FromProto(FoundingWithdrawnEvent p) => new(new ClusterId(p.Cluster));

    private static Plan ToProto(FoundingPlan plan)
    {
        var proto = new Plan { Cluster = plan.Cluster.Value };
        foreach (var founder in plan.Founders) proto.Founders.Add(ToProto(founder));
        return proto;
    }

    private static FoundingPlan PlanOf(Plan? p) => p is not { Founders.Count: > 0 }
        ? throw new FormatException("A plan is missing, or has no founders.")
        : new FoundingPlan(new ClusterId(p.Cluster), Map(p.Founders, Incarnation));
}
