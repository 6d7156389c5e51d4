using Raft.Actors.Clients;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Commands;
using Raft.Host.Hosting;

namespace Raft.Benchmarks;

/// <summary>
/// Raft.Akka as <c>raft bench</c> runs it: three ActorSystems over loopback, a SQLite journal each, and key-value writes
/// through a client beside the leader.
/// </summary>
internal sealed class RaftAkkaCluster : IBenchmarkedCluster
{
    private const int Nodes = 3;
    private const int Keys = 1000;

    private readonly LocalCluster _cluster;
    private readonly KeyValueClient _store;
    private int _writes;

    private RaftAkkaCluster(LocalCluster cluster, NodeHost leader)
    {
        _cluster = cluster;
        _store = new KeyValueClient(leader.Client);
    }

    /// <inheritdoc/>
    public string Name => "Raft.Akka";

    /// <summary>Starts the cluster and waits for its leader.</summary>
    /// <param name="data">Folder of the journals.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<IBenchmarkedCluster> StartAsync(string data, CancellationToken cancellationToken)
    {
        var cluster = await LocalCluster.StartAsync(
            [.. Enumerable.Range(1, Nodes).Select(i => BenchNode.Options(data, i))]);
        return new RaftAkkaCluster(cluster, await cluster.WaitForLeaderAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlyMemory<byte> payload, CancellationToken token) =>
        _store.PutAsync(
            $"key-{Interlocked.Increment(ref _writes) % Keys}", payload, WriteCondition.None, cancellationToken: token);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
