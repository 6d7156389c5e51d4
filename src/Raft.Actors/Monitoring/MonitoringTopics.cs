using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>Topics of Akka's DistributedPubSub.</summary>
internal static class MonitoringTopics
{
    /// <summary>
    /// What nodes publish about themselves: <see cref="NodeStatus"/>, <see cref="NodeDown"/>, <see cref="LeaderActivity"/>.
    /// </summary>
    public static string Nodes(GroupId group) => $"raft-{group}-nodes";

    /// <summary>Requests of monitors that nodes publish: <see cref="MonitoringRequested"/>.</summary>
    public static string Wanted(GroupId group) => $"raft-{group}-wanted";
}
