namespace Raft.Benchmarks;

/// <summary>A three-node Raft cluster on loopback, as the benchmark uses it.</summary>
internal interface IBenchmarkedCluster : IAsyncDisposable
{
    /// <summary>The name under which the figures are printed.</summary>
    string Name { get; }

    /// <summary>Writes one entry through the leader and completes when the cluster acknowledges it.</summary>
    /// <param name="payload">The bytes of the entry. They must not change until the task completes.</param>
    /// <param name="token">Cancels the wait; then it is unknown whether the write was committed.</param>
    Task WriteAsync(ReadOnlyMemory<byte> payload, CancellationToken token);
}
