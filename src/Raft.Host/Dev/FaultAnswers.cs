using System.ComponentModel;

namespace Raft.Host.Dev;

/// <summary>What was done to a cluster of <c>raft dev</c>.</summary>
internal sealed record FaultsAnswer(
    IReadOnlyList<FaultyNodeAnswer> Nodes,
    [property: Description("Links that are cut, in both directions; each once.")] IReadOnlyList<CutAnswer> Cuts)
{
    public static FaultsAnswer Of(DevCluster cluster) => new(
        [.. cluster.Nodes.Select(n => new FaultyNodeAnswer(n.Id.Value, DevNode.Name(n.State)))],
        [.. cluster.Cuts.Select(c => new CutAnswer(c.From.Value, c.To.Value))]);
}

/// <summary>A node, and what was done to it.</summary>
internal sealed record FaultyNodeAnswer(
    string NodeId,
    [property: Description("`running`, `paused` or `crashed`.")] string State);

/// <summary>A link that is cut.</summary>
internal sealed record CutAnswer(string From, string To);
