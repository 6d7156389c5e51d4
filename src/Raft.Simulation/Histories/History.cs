namespace Raft.Simulation.Histories;

/// <summary>The operations of a history that concern one key.</summary>
/// <typeparam name="TInput">The input of an operation.</typeparam>
/// <typeparam name="TOutput">The output of an operation.</typeparam>
/// <param name="Key">The key.</param>
/// <param name="Operations">The operations, in the order of the history.</param>
/// <param name="Positions">The positions of the operations in the history.</param>
internal sealed record HistoryPart<TInput, TOutput>(
    string Key, IReadOnlyList<Operation<TInput, TOutput>> Operations, IReadOnlyList<int> Positions);

/// <summary>Splits histories.</summary>
internal static class History
{
    /// <summary>Splits a history by key.</summary>
    /// <typeparam name="TInput">The input of an operation.</typeparam>
    /// <typeparam name="TOutput">The output of an operation.</typeparam>
    /// <param name="history">The operations.</param>
    /// <param name="keyOf">Returns the key that an input concerns. Keys are compared by their UTF-16 code units.</param>
    /// <returns>One part per key, in the order of the keys' first operations in <paramref name="history"/>.</returns>
    public static IReadOnlyList<HistoryPart<TInput, TOutput>> SplitByKey<TInput, TOutput>(
        IReadOnlyList<Operation<TInput, TOutput>> history, Func<TInput, string> keyOf)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(keyOf);
        var parts = new List<(string Key, List<Operation<TInput, TOutput>> Operations, List<int> Positions)>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < history.Count; i++)
        {
            var key = keyOf(history[i].Input);
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers.Add(key, number = parts.Count);
                parts.Add((key, [], []));
            }

            parts[number].Operations.Add(history[i]);
            parts[number].Positions.Add(i);
        }

        return [.. parts.Select(p => new HistoryPart<TInput, TOutput>(p.Key, p.Operations, p.Positions))];
    }
}
