namespace Raft.Simulation.Histories;

/// <summary>
/// The result of a check: <see cref="Linearizable"/>, <see cref="NotLinearizable"/> or <see cref="Undecided"/>. It is the same in
/// every process, independent of the hash codes of strings.
/// </summary>
/// <param name="Explored">
/// The number of explored configurations: sets of operations that took effect, with the state after them.
/// </param>
public abstract record LinearizabilityVerdict(long Explored);

/// <summary>Some order of the operations explains all outputs.</summary>
/// <param name="Explored">The number of explored configurations.</param>
public sealed record Linearizable(long Explored) : LinearizabilityVerdict(Explored);

/// <summary>
/// No order of the operations explains all outputs. The verdict names the first output that no order explains, and a minimal set
/// of operations that contradict it: the history remains wrong even if the outputs of all other operations are ignored.
/// </summary>
/// <param name="Explored">The number of explored configurations, without those of the search for minimal evidence.</param>
/// <param name="Key">The key; null if the history was not split by key.</param>
/// <param name="Fact">What was observed first; a clause without a full stop.</param>
/// <param name="Contradiction">The impossible output; a clause without a full stop.</param>
/// <param name="Evidence">
/// The contradicting operations, as positions in the checked history, in the order of their responses. The last one is that of
/// <paramref name="Contradiction"/>.
/// </param>
public sealed record NotLinearizable(
    long Explored, string? Key, string Fact, string Contradiction, IReadOnlyList<int> Evidence)
    : LinearizabilityVerdict(Explored);

/// <summary>The search reached its limit before it found an order or excluded all orders.</summary>
/// <param name="Explored">The number of explored configurations.</param>
/// <param name="Key">The first undecided key; null if the history was not split by key.</param>
public sealed record Undecided(long Explored, string? Key) : LinearizabilityVerdict(Explored);
