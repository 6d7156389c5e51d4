using Raft.Faults.Faults;

namespace Raft.Faults.Rounds;

/// <summary>A row of the table: all rounds of a fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Skipped">Why it was not tried; null where it was.</param>
internal sealed record Row(Fault Fault, string? Skipped = null)
{
    /// <summary>The rounds that came to their end.</summary>
    public List<Round> Rounds { get; } = [];

    /// <summary>What went wrong in those that did not, a sentence each.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Whether every round came to its end and kept what was promised.</summary>
    public bool IsSound => Failures.Count == 0 && Rounds.All(round => round.IsSound);
}
