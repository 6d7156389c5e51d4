using Raft.Actors.Protocol;

namespace Raft.Host.Hosting;

/// <summary>The role by which a member of the Akka cluster tells which Raft node it is.</summary>
internal static class NodeRole
{
    private const string Prefix = "raft-id-";

    /// <summary>The role of a node.</summary>
    public static string Of(NodeId node) => Prefix + node;

    /// <summary>Which node a member is; null where it is none, such as a lighthouse.</summary>
    /// <param name="roles">All of its roles.</param>
    public static NodeId? NodeOf(IEnumerable<string> roles) =>
        roles.FirstOrDefault(r => r.StartsWith(Prefix, StringComparison.Ordinal)) is { } role
            ? new NodeId(role[Prefix.Length..])
            : null;
}
