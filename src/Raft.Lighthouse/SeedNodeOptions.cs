using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Lighthouse;

/// <summary>What a person configures of a lighthouse.</summary>
/// <param name="Cluster">The ActorSystem's name.</param>
/// <param name="Remote">Under which address others reach it, and where it listens.</param>
/// <param name="Seeds">All lighthouses; itself where there are no others.</param>
/// <param name="Overrides">HOCON that overrides the files in <c>hocon/</c>.</param>
internal sealed record SeedNodeOptions(string Cluster, OwnAddress Remote, IReadOnlyList<HostPort> Seeds, string Overrides)
{
    /// <param name="read">Gives a variable's value; null where it is not set.</param>
    /// <exception cref="BadVariableException">A value is wrong; the message names the variable.</exception>
    public static SeedNodeOptions Read(Func<string, string?> read)
    {
        var variables = new Variables(read);
        var seeds = variables.Parse("RAFT_SEED_NODES", HostPort.ParseList);
        var remote = OwnAddress.Of(variables, seeds ?? []);
        return new SeedNodeOptions(variables.Cluster(), remote, seeds ?? [remote.Advertised], variables.LogLevel());
    }
}
