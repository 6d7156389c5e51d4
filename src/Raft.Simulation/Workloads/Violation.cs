namespace Raft.Simulation.Workloads;

/// <summary>Two facts of a run that can't both be true.</summary>
/// <param name="Check">The name of the violated property.</param>
/// <param name="Source">The source of the property, such as a section of the Raft paper.</param>
/// <param name="Fact">What was observed first.</param>
/// <param name="Contradiction">What was observed later and contradicts it.</param>
public sealed record Violation(string Check, string Source, string Fact, string Contradiction)
{
    /// <summary>Formats property, source and both facts as a sentence.</summary>
    public override string ToString() => $"{Check} ({Source}): {Fact}; but {Contradiction}.";
}

/// <summary>Ends a run that violated a property.</summary>
/// <param name="violation">The violation.</param>
public sealed class ViolationException(Violation violation)
    : Exception(violation.ToString())
{
    /// <summary>The violation.</summary>
    public Violation Violation { get; } = violation;
}
