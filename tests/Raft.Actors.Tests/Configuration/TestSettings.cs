using Akka.Configuration;
using Raft.Actors.Configuration;

namespace Raft.Actors.Tests.Configuration;

/// <summary>Settings of node n1 of three, as an application configures them.</summary>
internal static class TestSettings
{
    private const string Valid = """
        raft.node-id = "n1"
        raft.members = ["n1=127.0.0.1:1", "n2=127.0.0.1:2", "n3=127.0.0.1:3"]
        akka.remote.dot-netty.tcp.maximum-frame-size = 1 MiB
        """;

    /// <summary>A valid configuration without the library's own below it.</summary>
    public static Config Application => ConfigurationFactory.ParseString(Valid);

    /// <summary>Reads a valid configuration with some keys overridden.</summary>
    public static RaftSettings With(string overrides) => new(
        ConfigurationFactory.ParseString(overrides).WithFallback(Application).WithFallback(RaftConfig.Reference));
}
