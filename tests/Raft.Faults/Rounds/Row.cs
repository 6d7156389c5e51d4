using Raft.Faults.Faults;

namespace Raft.Faults.Rounds;

/// <summary>A row of the table: all rounds of a fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Skipped">Why it was skipped; null if it was not.</param>
internal sealed record Row(Fault Fault, string? Skipped = null)
{
    /// <summary>The completed rounds.</summary>
    public List<Round> Rounds { get; } = [];

    /// <summary>What went wrong in the other rounds, one sentence each.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Whether every round was completed and kept all guarantees.</summary>
    public bool IsSound => Failures.Count == 0 && Rounds.All(round => round.IsSound);
}
