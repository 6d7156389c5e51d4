using Raft.Host.Api;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>What a person configures of a gateway.</summary>
/// <param name="Cluster">The ActorSystem's name, the same in all processes of a cluster.</param>
/// <param name="Http">Where HTTP listens.</param>
/// <param name="Api">Where the HTTP API is and what its document says of it.</param>
/// <param name="Remote">Under which address the nodes reach it, and where it listens.</param>
/// <param name="Seeds">Addresses to join the Akka cluster through.</param>
/// <param name="Overrides">HOCON that overrides the files in <c>hocon/</c>.</param>
internal sealed record GatewayOptions(
    string Cluster, HostPort Http, ApiOptions Api, OwnAddress Remote, IReadOnlyList<HostPort> Seeds, string Overrides)
{
    /// <param name="read">Gives a variable's value; null where it is not set.</param>
    /// <exception cref="BadVariableException">A value is missing or wrong; the message names the variable.</exception>
    public static GatewayOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        var seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList)
            ?? throw new BadVariableException(
                "RAFT_SEED_NODES is not set: a gateway finds the nodes through a lighthouse or a node, for example lighthouse:4053.");
        return new GatewayOptions(
            variables.Cluster(),
            variables.Parse("RAFT_HTTP", HostPort.Parse) ?? new HostPort("0.0.0.0", 8080),
            ApiEnvironment.Read(variables),
            OwnAddress.Of(variables, seeds),
            seeds,
            RaftKeys.Overrides(variables) + variables.LogLevel());
    }
}
