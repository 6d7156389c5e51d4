using System.Globalization;

namespace Raft.Simulation.Histories;

/// <summary>
/// Finds a minimal set of contradictory operations in a history that is not linearizable. It ignores outputs as long as the
/// rest is still contradictory. Ignoring outputs only allows more, so the remaining operations are evidence by themselves.
/// </summary>
internal sealed class EvidenceFinder<TState, TInput, TOutput>(
    SequentialModel<TState, TInput, TOutput> model, LinearizationSearch<TState, TInput, TOutput> search)
    where TState : notnull
    where TInput : notnull
{
    /// <summary>
    /// The maximum number of operations to try while searching for smaller evidence; takes some tenths of a second.
    /// </summary>
    private const long MaxTried = 10_000_000;

    /// <summary>The maximum number of operations that the text names, besides the impossible one.</summary>
    private const int MaxNamed = 3;

    private long _tried;

    /// <summary>Explains why the history is not linearizable, immediately after the search excluded all orders.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="key">The key of the operations; null if there is none.</param>
    public NotLinearizable Find(IReadOnlyList<Operation<TInput, TOutput>> history, string? key)
    {
        var explored = search.Explored;
        var stuck = search.FurthestPosition;
        var states = Describe(search.Furthest);
        var evidence = Shrink(history, stuck);

        var last = evidence[^1];
        var contradiction = Describe(history[last]);
        var fact = evidence.Count > 1 ? Describe(history, evidence[..^1])
            : last == stuck ? $"after all earlier operations, in any order, the state can only be: {states}"
            : "no order of the other operations leads to the next answer";
        if (evidence.Count > 1 && last == stuck) contradiction += $", while the state could only be: {states}";
        return new NotLinearizable(explored, key, fact, contradiction, evidence);
    }

    /// <summary>Returns the operations whose outputs contradict each other, ordered by response; none can be omitted.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="stuck">The operation that no order explains; nothing that was invoked after its response matters.</param>
    private List<int> Shrink(IReadOnlyList<Operation<TInput, TOutput>> history, int stuck)
    {
        var end = history[stuck].Returned!.Value;
        var evidence = Enumerable.Range(0, history.Count)
            .Where(i => i != stuck && history[i].IsKnown && history[i].Invoked <= end)
            .OrderBy(i => history[i].Returned)
            .ToList();
        var isEvidence = new bool[history.Count];
        isEvidence[stuck] = true;
        foreach (var i in evidence) isEvidence[i] = true;

        _tried = 0;
        for (var size = evidence.Count; size > 0; size /= 2)
        {
            for (var from = 0; from < evidence.Count;)
            {
                var chunk = evidence.GetRange(from, Math.Min(size, evidence.Count - from));
                foreach (var i in chunk) isEvidence[i] = false;
                if (IsContradictory(history, isEvidence, end))
                {
                    evidence.RemoveRange(from, chunk.Count);
                    continue;
                }

                foreach (var i in chunk) isEvidence[i] = true;
                from += chunk.Count;
            }
        }

        isEvidence[stuck] = false;
        var isStuckSpared = evidence.Count > 0
            && history[evidence[^1]].Returned > end
            && IsContradictory(history, isEvidence, long.MaxValue);
        if (!isStuckSpared) evidence.Add(stuck);
        evidence.Sort((a, b) => (history[a].Returned!.Value, a).CompareTo((history[b].Returned!.Value, b)));
        return evidence;
    }

    private bool IsContradictory(IReadOnlyList<Operation<TInput, TOutput>> history, bool[] isEvidence, long end)
    {
        if (_tried >= MaxTried) return false;
        var operations = new List<Operation<TInput, TOutput>>();
        var ignored = new List<bool>();
        for (var i = 0; i < history.Count; i++)
        {
            var operation = history[i];
            if (operation.Invoked > end) continue;
            if (operation.IsKnown && !isEvidence[i] && model.IsReadOnly(operation.Input, operation.Output!)) continue;
            operations.Add(operation);
            ignored.Add(operation.IsKnown && !isEvidence[i]);
        }

        var result = search.Run(operations, long.MaxValue, MaxTried - _tried, [.. ignored]);
        _tried += search.Tried;
        return result == SearchResult.Excluded;
    }

    private string Describe(FurthestPoint<TState> furthest) =>
        string.Join("; ", furthest.States.Select(model.Describe)) + (furthest.HasMoreStates ? "; and others" : "");

    private string Describe(IReadOnlyList<Operation<TInput, TOutput>> history, List<int> others)
    {
        var named = string.Join(", and ", others.TakeLast(MaxNamed).Select(i => Describe(history[i])));
        return (others.Count - MaxNamed) switch
        {
            <= 0 => named,
            1 => $"{named} (and 1 earlier answer excludes other orders)",
            var more => string.Create(CultureInfo.InvariantCulture, $"{named} (and {more} earlier answers exclude other orders)"),
        };
    }

    private string Describe(Operation<TInput, TOutput> operation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{operation.Client} {model.Describe(operation.Input, operation.Output!)} " +
        $"(called at {operation.Invoked}, answered at {operation.Returned})");
}
