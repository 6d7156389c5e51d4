using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;

namespace Raft.Actors.Configuration;

/// <summary>The library's own configuration, to be put under an application's.</summary>
public static class RaftConfig
{
    /// <summary>
    /// <c>reference.conf</c>: every key with its default, and the binding of Raft's messages to their serializer. Akka's settings for
    /// DistributedPubSub are under it: an ActorSystem takes no note of serializers that are named after its start.
    /// </summary>
    /// <example>
    /// <code>ActorSystem.Create("raft", applicationConfig.WithFallback(RaftConfig.Reference))</code>
    /// </example>
    public static Config Reference { get; } =
        ConfigurationFactory.FromResource("Raft.Actors.reference.conf", typeof(RaftConfig).Assembly)
            .WithFallback(DistributedPubSub.DefaultConfig());
}
