namespace Raft.Simulation.Histories;

/// <summary>
/// Checks whether a history of concurrent operations is linearizable (Herlihy and Wing 1990), with the search of Wing and Gong
/// and Lowe's just-in-time linearization. The result is a <see cref="LinearizabilityVerdict"/>. The problem is NP-complete, so
/// the search is limited; histories whose outputs tell much about the state, such as revisions, stay far below the limit.
/// <para>The checker reuses its memory between checks, so use one for many checks. It is not thread-safe.</para>
/// </summary>
/// <typeparam name="TState">The state of the model.</typeparam>
/// <typeparam name="TInput">The input of an operation.</typeparam>
/// <typeparam name="TOutput">The output of an operation.</typeparam>
public sealed class LinearizabilityChecker<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>
    /// The default limit of configurations that a check explores per key. A configuration takes roughly 100 bytes and some tenths
    /// of a microsecond, more if many outcomes are unknown. A linearizable history needs one to three configurations per
    /// operation.
    /// </summary>
    public const int DefaultMaxConfigurations = 50_000;

    private readonly int _maxConfigurations;
    private readonly LinearizationSearch<TState, TInput, TOutput> _search;
    private readonly EvidenceFinder<TState, TInput, TOutput> _evidence;

    /// <summary>Creates a checker.</summary>
    /// <param name="model">The behaviour of the object when operations run one after another.</param>
    /// <param name="maxConfigurations">
    /// The maximum number of configurations that a check explores per key; at least 1. A check that needs more returns
    /// <see cref="Undecided"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public LinearizabilityChecker(
        SequentialModel<TState, TInput, TOutput> model, int maxConfigurations = DefaultMaxConfigurations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConfigurations, 1);
        _maxConfigurations = maxConfigurations;
        _search = new LinearizationSearch<TState, TInput, TOutput>(model);
        _evidence = new EvidenceFinder<TState, TInput, TOutput>(model, _search);
    }

    /// <summary>Checks a history.</summary>
    /// <param name="history">The operations, in any order.</param>
    /// <exception cref="ArgumentException">An operation returned before it was invoked.</exception>
    public LinearizabilityVerdict Check(IReadOnlyList<Operation<TInput, TOutput>> history) => Check(history, key: null);

    /// <summary>
    /// Checks the history of each key separately, which is much faster. This is allowed if no operation concerns more than one
    /// key: the history is linearizable if and only if the history of each key is (Herlihy and Wing 1990, locality; Horn and
    /// Kroening, "Faster linearizability checking via P-compositionality", 2015).
    /// </summary>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="keyOf">Returns the key that an input concerns.</param>
    /// <returns>
    /// The verdict on the first key that is not linearizable, in the order of their first operations in <paramref
    /// name="history"/>; if there is none, the verdict on the first undecided key. <see cref="LinearizabilityVerdict.Explored"/>
    /// is the sum over all checked keys.
    /// </returns>
    /// <exception cref="ArgumentException">An operation returned before it was invoked.</exception>
    public LinearizabilityVerdict CheckEachKey(IReadOnlyList<Operation<TInput, TOutput>> history, Func<TInput, string> keyOf)
    {
        var explored = 0L;
        Undecided? undecided = null;
        foreach (var part in History.SplitByKey(history, keyOf))
        {
            var verdict = Check(part.Operations, part.Key);
            explored += verdict.Explored;
            if (verdict is NotLinearizable found)
                return found with { Explored = explored, Evidence = [.. found.Evidence.Select(e => part.Positions[e])] };
            undecided ??= verdict as Undecided;
        }

        return undecided is null ? new Linearizable(explored) : undecided with { Explored = explored };
    }

    private LinearizabilityVerdict Check(IReadOnlyList<Operation<TInput, TOutput>> history, string? key)
    {
        ArgumentNullException.ThrowIfNull(history);
        return _search.Run(history, _maxConfigurations) switch
        {
            SearchResult.Found => new Linearizable(_search.Explored),
            SearchResult.Excluded => _evidence.Find(history, key),
            _ => new Undecided(_search.Explored, key),
        };
    }
}
