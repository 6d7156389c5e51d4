using Raft.Actors.Protocol;

namespace Raft.Actors.Inspection;

/// <summary>Looks at the disk of a node. The library knows no files: whoever keeps the journal on one says how.</summary>
public interface IDiskProbe
{
    /// <summary>Measures; is called by one caller at a time, and not from an actor's thread.</summary>
    /// <returns>What it found. What fails is told in <see cref="DiskDiagnostics.Problem"/>, never thrown.</returns>
    Task<DiskDiagnostics> MeasureAsync();
}
