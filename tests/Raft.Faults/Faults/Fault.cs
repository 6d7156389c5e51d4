namespace Raft.Faults.Faults;

/// <summary>A fault: what happens to the cluster, from the first strike until nothing is in its way any more.</summary>
/// <param name="Name">Its name on the command line and in the table.</param>
/// <param name="Elections">
/// Changes of the leader that it justifies. Every other one is needless; where none is justified, so is every new term.
/// </param>
/// <param name="StrikeAsync">Makes it happen, and heals it.</param>
internal sealed record Fault(string Name, int Elections, Func<Scene, Task> StrikeAsync)
{
    /// <summary>Says why it can't be tried here; null where it can.</summary>
    public Func<string?> WhyNot { get; init; } = () => null;

    /// <summary>Whether it takes so long that it must be asked for.</summary>
    public bool IsLong { get; init; }

    /// <summary>How soon every node must serve when it is over.</summary>
    public TimeSpan ServesWithin { get; init; } = TimeSpan.FromSeconds(30);
}
