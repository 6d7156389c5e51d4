using DotNext.IO;
using DotNext.Net.Cluster.Consensus.Raft.StateMachine;

namespace Raft.Benchmarks.DotNext;

/// <summary>
/// Keeps nothing, and takes an empty snapshot from time to time, so that the log can drop what it covers. Not
/// <see cref="IStateMachine.CreateNoOp"/>, whose snapshots are of term 0: with it, a follower that has lagged once
/// was seen to receive snapshots only, which leaves two nodes to do the work of three.
/// </summary>
/// <param name="location">Where the snapshots are written.</param>
/// <param name="snapshotThreshold">Entries between two snapshots.</param>
internal sealed class DotNextNoopStateMachine(DirectoryInfo location, long snapshotThreshold)
    : SimpleStateMachine(location)
{
    /// <inheritdoc />
    protected override ValueTask<bool> ApplyAsync(LogEntry entry, CancellationToken token) =>
        ValueTask.FromResult(entry.Index % snapshotThreshold is 0);

    /// <inheritdoc />
    protected override ValueTask PersistAsync(IAsyncBinaryWriter writer, CancellationToken token) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    protected override ValueTask RestoreAsync(FileInfo snapshotFile, CancellationToken token) =>
        ValueTask.CompletedTask;
}
