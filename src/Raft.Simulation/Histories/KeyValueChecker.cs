using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Simulation.Histories;

/// <summary>
/// Checks whether a history of the <see cref="KeyValueStore"/> is linearizable. It reuses its memory between checks, so use one
/// for many checks. It is not thread-safe.
/// </summary>
/// <example>
/// <code>
/// var checker = new KeyValueChecker();
/// var verdict = checker.Check(
/// [
///     new("c1", new PutInput("k1", "7", WriteCondition.None), new WriteOutput(WriteOutcome.Done, 12), Invoked: 1, Returned: 3),
///     new("c2", new GetInput("k1"), new GetOutput("7", 12), Invoked: 2, Returned: 4),
///     new("c1", new DeleteInput("k1", WriteCondition.None), Output: null, Invoked: 5, Returned: null),
/// ]);
/// </code>
/// </example>
/// <param name="maxConfigurations">
/// The maximum number of configurations that a check explores per key; at least 1. A check that needs more returns <see
/// cref="Undecided"/>.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
internal sealed class KeyValueChecker(int maxConfigurations = KeyValueChecker.DefaultMaxConfigurations)
{
    /// <summary>The default limit.</summary>
    public const int DefaultMaxConfigurations =
        LinearizabilityChecker<KeyValueState, KeyValueInput, KeyValueOutput>.DefaultMaxConfigurations;

    private readonly LinearizabilityChecker<KeyValueState, KeyValueInput, KeyValueOutput> _checker =
        new(new KeyValueModel(), maxConfigurations);

    /// <summary>Checks a history, key by key.</summary>
    /// <param name="history">The operations on all keys, in any order, each with its own key.</param>
    /// <exception cref="ArgumentException">
    /// An output does not fit its operation, or an operation returned before it was invoked.
    /// </exception>
    public LinearizabilityVerdict Check(IReadOnlyList<Operation<KeyValueInput, KeyValueOutput>> history) =>
        _checker.CheckEachKey(history, input => input.Key);
}
