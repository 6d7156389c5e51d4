namespace Raft.Faults.Faults;

/// <summary>A fault: what happens to the cluster, from the first injection until the last effect is removed.</summary>
/// <param name="Name">Its name on the command line and in the table.</param>
/// <param name="Elections">
/// The leader changes that it justifies. All others are needless; if it justifies none, so is every new term.
/// </param>
/// <param name="StrikeAsync">Injects the fault and ends it.</param>
internal sealed record Fault(string Name, int Elections, Func<Scene, Task> StrikeAsync)
{
    /// <summary>Returns why the fault can't be injected here; null if it can.</summary>
    public Func<string?> WhyNot { get; init; } = () => null;

    /// <summary>Whether it takes so long that it runs only on request.</summary>
    public bool IsLong { get; init; }

    /// <summary>How soon every node must serve after the fault has ended.</summary>
    public TimeSpan ServesWithin { get; init; } = TimeSpan.FromSeconds(30);
}
