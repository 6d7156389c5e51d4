using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Configuration;

/// <summary>The library's default configuration, a fallback of the application's.</summary>
public static class RaftConfig
{
    /// <summary>
    /// <c>reference.conf</c>: every key with its default, and the binding of Raft's messages to their serializer. Akka's settings
    /// for DistributedPubSub are included, because an ActorSystem ignores serializers that are configured after its start.
    /// </summary>
    /// <example>
    /// <code>ActorSystem.Create("raft", applicationConfig.WithFallback(RaftConfig.Reference))</code>
    /// </example>
    public static Config Reference { get; } =
        ConfigurationFactory.FromResource("Raft.Actors.reference.conf", typeof(RaftConfig).Assembly)
            .WithFallback(DistributedPubSub.DefaultConfig());

    /// <summary>The part of <see cref="Reference"/> that an ActorSystem must have when it starts.</summary>
    internal static Config Serialization { get; } = Reference.GetValue("akka").AtKey("akka");

    /// <summary><c>hosting.conf</c>: settings of Akka.NET that Raft needs, unless the application overrides them.</summary>
    internal static Config Hosting { get; } =
        ConfigurationFactory.FromResource("Raft.Actors.hosting.conf", typeof(RaftConfig).Assembly);

    /// <summary>
    /// The configuration of one of several groups: <c>raft.groups.NAME</c> overrides <c>raft</c>, and <c>raft.group</c> is the
    /// group's name.
    /// </summary>
    /// <param name="config">The configuration of the ActorSystem.</param>
    /// <param name="group">The group.</param>
    /// <returns>A configuration for <see cref="RaftSettings(Config)"/>.</returns>
    public static Config ForGroup(Config config, GroupId group)
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
