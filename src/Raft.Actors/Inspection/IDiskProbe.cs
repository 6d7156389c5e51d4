using Raft.Actors.Protocol;

namespace Raft.Actors.Inspection;

/// <summary>
/// Measures the disk of a node's journal for <see cref="Groups.GroupInspection.DiagnoseAllAsync"/>. The library knows no files: a
/// program that keeps the journal on a disk implements it.
/// </summary>
public interface IDiskProbe
{
    /// <summary>Measures the disk. The library makes one call at a time, and waits at most 1.5 seconds for it.</summary>
    /// <param name="cancellationToken">Stops the measurement: the node's process no longer waits for it.</param>
    /// <returns>The result. <see cref="DiskDiagnostics.Problem"/> describes a failure; the method does not throw it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<DiskDiagnostics> MeasureAsync(CancellationToken cancellationToken);
}
