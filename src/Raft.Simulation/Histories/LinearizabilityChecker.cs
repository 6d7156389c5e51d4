namespace Raft.Simulation.Histories;

/// <summary>
/// Says whether a history of concurrent operations is linearizable (Herlihy and Wing 1990). The search is Wing and Gong's with
/// Lowe's just-in-time linearization; see <see cref="LinearizabilityVerdict"/> for the answers. Deciding it is NP-complete, so
/// there is a limit; histories whose answers say much about the state, such as revisions, stay far below it.
/// <para>Keeps its memory between checks, so use it for many; not thread-safe.</para>
/// </summary>
/// <typeparam name="TState">The model's state.</typeparam>
/// <typeparam name="TInput">What is asked.</typeparam>
/// <typeparam name="TOutput">What is answered.</typeparam>
public sealed class LinearizabilityChecker<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>
    /// Configurations that one check explores, for each key, unless it is told otherwise. One takes roughly 100 bytes, and some
    /// tenths of a microsecond; more where many outcomes are unknown. A linearizable history needs one to three for each
    /// operation.
    /// </summary>
    public const int DefaultMaxConfigurations = 50_000;

    private readonly int _maxConfigurations;
    private readonly LinearizationSearch<TState, TInput, TOutput> _search;
    private readonly EvidenceFinder<TState, TInput, TOutput> _evidence;

    /// <summary>Makes a checker.</summary>
    /// <param name="model">What the object does when operations come one after another.</param>
    /// <param name="maxConfigurations">
    /// Configurations that one check explores, for each key; at least 1. A check that needs more ends with
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
    /// <exception cref="ArgumentException">An operation was answered before it was called.</exception>
    public LinearizabilityVerdict Check(IReadOnlyList<Operation<TInput, TOutput>> history) => Check(history, key: null);

    /// <summary>
    /// Checks the history of each key by itself, which is much faster. It is allowed where no operation is about more than one
    /// key: the whole is linearizable if and only if each part is (Herlihy and Wing 1990, locality; Horn and Kroening, "Faster
    /// linearizability checking via P-compositionality", 2015).
    /// </summary>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="keyOf">The key that an input is about.</param>
    /// <returns>
    /// The verdict on the first key, in the order of their first operations in <paramref name="history"/>, that is not
    /// linearizable; else that on the first that was not decided. <see cref="LinearizabilityVerdict.Explored"/> is the sum of the
    /// keys that were checked.
    /// </returns>
    /// <exception cref="ArgumentException">An operation was answered before it was called.</exception>
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
