using System.Net;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Raft.Actors.Configuration;

namespace Raft.Host.Hosting;

/// <summary>Puts a node's configuration together: options over <c>hocon/*.conf</c> over <c>reference.conf</c>.</summary>
internal static class NodeConfig
{
    private static readonly string[] Files = ["node.conf", "persistence-sqlite.conf", "common.conf"];

    /// <exception cref="StartupException">A file in <c>hocon/</c> is missing or does not parse.</exception>
    public static Config Build(NodeOptions options, DataFolder data)
    {
        var config = Parse("the options", options.Overrides).WithFallback(Parse("the options", Own(options, data)));
        foreach (var file in Files) config = config.WithFallback(Load(file));
        return config
            .WithFallback(SqlPersistence.DefaultConfiguration)
            .WithFallback(RaftConfig.Reference);
    }

    private static string Own(NodeOptions options, DataFolder data)
    {
        // A name may stand for an address that this machine does not have itself, as in containers: listen on all.
        var listenOn = IPAddress.TryParse(options.Remote.Host, out _) || options.Remote.Host == "localhost"
            ? options.Remote.Host
            : "0.0.0.0";
        return $$"""
            raft.node-id = "{{data.Node}}"
            akka.cluster.roles = ["raft", "raft-id-{{data.Node}}"]
            akka.remote.dot-netty.tcp {
              hostname = "{{listenOn}}"
              public-hostname = "{{options.Remote.Host}}"
              port = {{options.Remote.Port}}
            }
            akka.persistence.journal.sql.connection-string = "{{Escape(data.ConnectionString)}}"
            """;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static Config Load(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "hocon", file);
        return File.Exists(path)
            ? Parse(path, File.ReadAllText(path))
            : throw new StartupException($"{path} is missing; install the program with its hocon folder.");
    }

    private static Config Parse(string source, string hocon)
    {
        try
        {
            return hocon.Length == 0 ? Config.Empty : ConfigurationFactory.ParseString(hocon);
        }
        catch (Exception e) when (e is ConfigurationException or FormatException)
        {
            throw new StartupException($"{source} does not parse: {e.Message}", e);
        }
    }
}
