using System.Globalization;

namespace Raft.Benchmarks.DotNext;

/// <summary>Three DotNext nodes in this process, each with a log on disk, connected by TCP on loopback.</summary>
internal sealed class DotNextCluster : IBenchmarkedCluster
{
    private const int Size = 3;

    private readonly DotNextNode[] _nodes;
    private DotNextNode? _leader;

    private DotNextCluster(string dataFolder)
    {
        var members = LoopbackEndPoints.ChooseFree(Size);
        _nodes = [.. members.Select((self, i) => new DotNextNode(self, members, FolderOf(dataFolder, i)))];
    }

    /// <inheritdoc />
    public string Name => "DotNext";

    /// <summary>Starts the nodes and completes when one of them leads.</summary>
    /// <param name="dataFolder">An empty or missing folder; every node writes its log to its own folder below it.</param>
    /// <param name="token">Cancels the start and stops what was started.</param>
    public static async Task<IBenchmarkedCluster> StartAsync(string dataFolder, CancellationToken token)
    {
        var cluster = new DotNextCluster(dataFolder);
        try
        {
            await cluster.ElectAsync(token).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    /// <remarks>
    /// Acknowledged means synced to the leader's disk and received by a majority: a DotNext follower replies first and
    /// has synced the entry only when it replies to the message that commits it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The leader was deposed.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> payload, CancellationToken token) =>
        _leader is { } leader
            ? leader.ReplicateAsync(payload, token)
            : throw new InvalidOperationException("No node leads.");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ElectAsync(CancellationToken token)
    {
        foreach (var node in _nodes)
            await node.StartAsync(token).ConfigureAwait(false);

        using var elected = CancellationTokenSource.CreateLinkedTokenSource(token);
        var candidacies = _nodes.Select(node => node.WaitUntilLeaderAsync(elected.Token));
        var first = await Task.WhenAny(candidacies).ConfigureAwait(false);
        _leader = await first.ConfigureAwait(false);
        await elected.CancelAsync().ConfigureAwait(false);
    }

    private static string FolderOf(string dataFolder, int index) =>
        Path.Combine(dataFolder, "node" + (index + 1).ToString(CultureInfo.InvariantCulture));
}
