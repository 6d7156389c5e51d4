using System.ComponentModel;

namespace Raft.Host.Dev;

/// <summary>The faults of a <c>raft dev</c> cluster.</summary>
internal sealed record FaultsAnswer(
    IReadOnlyList<FaultyNodeAnswer> Nodes,
    [property: Description("The links that are cut, each once; a cut affects both directions.")] IReadOnlyList<CutAnswer> Cuts)
{
    public static FaultsAnswer Of(DevCluster cluster) => new(
        [.. cluster.Nodes.Select(n => new FaultyNodeAnswer(n.Id.Value, DevNode.Name(n.State)))],
        [.. cluster.Cuts.Select(c => new CutAnswer(c.From.Value, c.To.Value))]);
}

/// <summary>A node and its state.</summary>
internal sealed record FaultyNodeAnswer(
    string NodeId,
    [property: Description("`running`, `paused` or `crashed`.")] string State);

/// <summary>A cut link.</summary>
internal sealed record CutAnswer(string From, string To);
