using Raft.Host.Api;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>The configuration of a gateway.</summary>
/// <param name="Cluster">The name of the ActorSystem, the same in all processes of a cluster.</param>
/// <param name="Http">The address on which HTTP listens.</param>
/// <param name="Api">The path and description of the HTTP API.</param>
/// <param name="Remote">The address that the nodes connect to, and the address to listen on.</param>
/// <param name="Seeds">The addresses through which to join the Akka cluster.</param>
/// <param name="Overrides">HOCON that overrides the files in <c>hocon/</c>.</param>
internal sealed record GatewayOptions(
    string Cluster, HostPort Http, ApiOptions Api, OwnAddress Remote, IReadOnlyList<HostPort> Seeds, string Overrides)
{
    /// <param name="read">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="BadVariableException">A value is missing or invalid. The message names the variable.</exception>
    public static GatewayOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        var seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList)
            ?? throw new BadVariableException(
                "RAFT_SEED_NODES is not set. A gateway finds the nodes through lighthouses or nodes, such as lighthouse:4053.");
        return new GatewayOptions(
            variables.Cluster(),
            variables.Parse("RAFT_HTTP", HostPort.Parse) ?? new HostPort("0.0.0.0", 8080),
            ApiEnvironment.Read(variables),
            OwnAddress.Of(variables, seeds),
            seeds,
            RaftKeys.Overrides(variables) + variables.LogLevel());
    }
}
