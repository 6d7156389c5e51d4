namespace Raft.Simulation.Workloads;

/// <summary>Two facts of a run that must not both be true.</summary>
/// <param name="Check">Name of the property that they contradict.</param>
/// <param name="Source">Where the property comes from.</param>
/// <param name="Fact">What was seen first.</param>
/// <param name="Contradiction">What was seen then, and cannot be.</param>
public sealed record Violation(string Check, string Source, string Fact, string Contradiction)
{
    /// <summary>Property, source and both facts in one sentence.</summary>
    public override string ToString() => $"{Check} ({Source}): {Fact}; but {Contradiction}.";
}

/// <summary>Ends a run in which a property was violated.</summary>
/// <param name="violation">What was seen.</param>
public sealed class ViolationException(Violation violation)
    : Exception(violation.ToString())
{
    /// <summary>What was seen.</summary>
    public Violation Violation { get; } = violation;
}
