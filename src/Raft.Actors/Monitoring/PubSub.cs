using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.PublishSubscribe;

namespace Raft.Actors.Monitoring;

/// <summary>Akka's DistributedPubSub, if the ActorSystem has it.</summary>
internal static class PubSub
{
    /// <summary>
    /// The mediator; nobody if the ActorSystem has no Akka.Cluster or lacks the role to which pub-sub is restricted.
    /// </summary>
    public static IActorRef MediatorOf(ActorSystem system)
    {
        if (((ExtendedActorSystem)system).Provider is not ClusterActorRefProvider) return ActorRefs.Nobody;
        var role = system.Settings.Config.GetString("akka.cluster.pub-sub.role", "");
        return role.Length == 0 || Akka.Cluster.Cluster.Get(system).SelfRoles.Contains(role)
            ? DistributedPubSub.Get(system).Mediator
            : ActorRefs.Nobody;
    }
}
