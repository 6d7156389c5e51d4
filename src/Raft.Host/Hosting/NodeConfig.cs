using Akka.Configuration;
using Akka.Persistence.Sql;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// Builds the configuration of a node: its options override <c>hocon/*.conf</c>, which overrides <c>reference.conf</c>.
/// </summary>
internal static class NodeConfig
{
    private static readonly string[] Files = ["node.conf", "persistence-sqlite.conf", "common.conf"];

    /// <exception cref="StartupException">A file in <c>hocon/</c> is missing or does not parse.</exception>
    public static Config Build(NodeOptions options, DataFolder data)
    {
        var config = Hocon.Parse("the options", options.Overrides).WithFallback(Hocon.Parse("the options", Own(options, data)));
        return config
            .WithFallback(Hocon.Load(Files))
            .WithFallback(SqlPersistence.DefaultConfiguration)
            .WithFallback(RaftConfig.Reference);
    }

    private static string Own(NodeOptions options, DataFolder data) => $$"""
        raft.node-id = "{{data.Node}}"
        akka.cluster.roles = ["raft", "raft-monitor", "{{ClusterDirectory.RoleOf(data.Node)}}"]
        akka.persistence.journal.sql.connection-string = "{{Escape(data.ConnectionString)}}"
        {{Hocon.Remote(options.Remote)}}
        """;

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
