namespace Raft.Simulation.Histories;

/// <summary>
/// What a check of a history came to: <see cref="Linearizable"/>, <see cref="NotLinearizable"/> or <see cref="Undecided"/>.
/// It is the same in every process, whatever the hash codes of strings.
/// </summary>
/// <param name="Explored">
/// How many configurations (sets of operations that took effect, with the state after them) it took.
/// </param>
public abstract record LinearizabilityVerdict(long Explored);

/// <summary>There is an order that explains all answers.</summary>
/// <param name="Explored">Configurations explored.</param>
public sealed record Linearizable(long Explored) : LinearizabilityVerdict(Explored);

/// <summary>
/// No order explains all answers. The first answer that has none is named, together with as few others as contradict it: the
/// history stays wrong if all further answers are overlooked, so that each of those operations may have done anything or nothing
/// between its call and its answer.
/// </summary>
/// <param name="Explored">Configurations explored, without those that the search for small evidence took.</param>
/// <param name="Key">The key; null where the history was not split.</param>
/// <param name="Fact">What was seen first; a clause without a full stop.</param>
/// <param name="Contradiction">The answer that cannot be; a clause without a full stop.</param>
/// <param name="Evidence">
/// The operations that contradict each other, as positions in the history that was checked, in the order of their answers; the
/// last is the one of <paramref name="Contradiction"/>.
/// </param>
public sealed record NotLinearizable(
    long Explored, string? Key, string Fact, string Contradiction, IReadOnlyList<int> Evidence)
    : LinearizabilityVerdict(Explored);

/// <summary>The search reached its limit before it had found an order, or had excluded all.</summary>
/// <param name="Explored">Configurations explored.</param>
/// <param name="Key">The first key that was not decided; null where the history was not split.</param>
public sealed record Undecided(long Explored, string? Key) : LinearizabilityVerdict(Explored);
