using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Raft.Actors.Protocol;

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

    /// <summary>The part of <see cref="Reference"/> that an ActorSystem must have when it is made.</summary>
    internal static Config Serialization { get; } = Reference.GetValue("akka").AtKey("akka");

    /// <summary><c>hosting.conf</c>: what Raft needs of Akka.NET where an application says nothing else.</summary>
    internal static Config Hosting { get; } =
        ConfigurationFactory.FromResource("Raft.Actors.hosting.conf", typeof(RaftConfig).Assembly);

    /// <summary>
    /// A configuration as one of several groups sees it: what <c>raft.groups.NAME</c> has is above what <c>raft</c> has, and
    /// <c>raft.group</c> is the group's name.
    /// </summary>
    /// <param name="config">The configuration of the ActorSystem.</param>
    /// <param name="group">The group.</param>
    /// <returns>What <see cref="RaftSettings"/> reads.</returns>
    public static Config OfGroup(Config config, GroupId group)
    {
        var named = ConfigurationFactory.ParseString($"raft.group = {HoconText.Quoted(group.Value)}").WithFallback(config);
        return config.GetConfig(PathOf(group)) is { } section
            ? section.Root.AtKey("raft").WithFallback(named)
            : named;
    }

    /// <summary>The names in <c>raft.groups</c>.</summary>
    internal static IEnumerable<string> GroupsIn(Config config) =>
        config.GetConfig("raft.groups")?.Root.GetObject()?.Items.Keys ?? Enumerable.Empty<string>();

    internal static Config SectionOf(GroupId group, string keys) => ConfigurationFactory.ParseString($"{PathOf(group)} {keys}");

    private static string PathOf(GroupId group) => $"raft.groups.{HoconText.Quoted(group.Value)}";
}
