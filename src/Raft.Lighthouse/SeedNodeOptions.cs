using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Lighthouse;

/// <summary>The configuration of a lighthouse.</summary>
/// <param name="Cluster">The name of the ActorSystem.</param>
/// <param name="Remote">The address that other processes connect to, and the address to listen on.</param>
/// <param name="Seeds">All lighthouses; only itself if there are no others.</param>
/// <param name="Overrides">HOCON that overrides the files in <c>hocon/</c>.</param>
internal sealed record SeedNodeOptions(string Cluster, OwnAddress Remote, IReadOnlyList<HostPort> Seeds, string Overrides)
{
    /// <param name="read">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="BadVariableException">A value is invalid. The message names the variable.</exception>
    public static SeedNodeOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        var seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList);
        var remote = OwnAddress.Of(variables, seeds ?? []);
        return new SeedNodeOptions(variables.Cluster(), remote, seeds ?? [remote.Advertised], variables.LogLevel());
    }
}
