using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages and events of the bootstrap negotiation.</summary>
internal static partial class RaftCodec
{
    private static BootstrapPresenceMessage ToProto(BootstrapPresence m) => new() { From = ToProto(m.From), Expect = m.Expect };

    private static BootstrapPresence FromProto(BootstrapPresenceMessage p) => new(Incarnation(p.From), p.Expect);

    private static ProposeBootstrapMessage ToProto(ProposeBootstrap m) => new() { Plan = ToProto(m.Plan) };

    private static ProposeBootstrap FromProto(ProposeBootstrapMessage p) => new(PlanOf(p.Plan));

    private static BootstrapPromiseMessage ToProto(BootstrapPromise m) =>
        new() { Plan = ToProto(m.Plan), From = ToProto(m.From) };

    private static BootstrapPromise FromProto(BootstrapPromiseMessage p) => new(PlanOf(p.Plan), Incarnation(p.From));

    private static BootstrapDroppedMessage ToProto(BootstrapDropped m) => new() { Cluster = m.Cluster.Value };

    private static BootstrapDropped FromProto(BootstrapDroppedMessage p) => new(new ClusterId(p.Cluster));

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

    private static BootstrapPromisedEvent ToProto(BootstrapPromised e) => new() { Plan = ToProto(e.Plan) };

    private static BootstrapPromised FromProto(BootstrapPromisedEvent p) => new(PlanOf(p.Plan));

    private static BootstrapWithdrawnEvent ToProto(BootstrapWithdrawn e) => new() { Cluster = e.Cluster.Value };

    private static BootstrapWithdrawn FromProto(BootstrapWithdrawnEvent p) => new(new ClusterId(p.Cluster));

    private static Plan ToProto(BootstrapPlan plan)
    {
        var proto = new Plan { Cluster = plan.Cluster.Value };
        foreach (var participant in plan.Participants) proto.Participants.Add(ToProto(participant));
        return proto;
    }

    private static BootstrapPlan PlanOf(Plan? p) => p is not { Participants.Count: > 0 }
        ? throw new FormatException("A plan is missing or has no participants.")
        : new BootstrapPlan(new ClusterId(p.Cluster), Map(p.Participants, Incarnation));
}
