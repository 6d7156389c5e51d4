namespace Raft.Simulation.Checks;

/// <summary>All checks.</summary>
public static class StandardChecks
{
    /// <summary>Makes all checks anew.</summary>
    public static IReadOnlyList<Check> Create() => [];
}
