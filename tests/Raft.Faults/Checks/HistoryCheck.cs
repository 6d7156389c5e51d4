using Raft.Simulation.Histories;

namespace Raft.Faults.Checks;

/// <summary>What a round's history came to.</summary>
/// <param name="LostWrites">Keys whose reads after the round contradict it: an acknowledged write is gone.</param>
/// <param name="StaleReads">Reads within the round that contradict it.</param>
/// <param name="Wrong">Other contradictions, and keys that could not be decided.</param>
/// <param name="Evidence">What contradicts what, a sentence each.</param>
internal sealed record HistoryVerdict(int LostWrites, int StaleReads, int Wrong, IReadOnlyList<string> Evidence);

/// <summary>
/// Checks that a history is linearizable. Where it is not, counts the reads that contradict the rest, by leaving them out one
/// by one.
/// </summary>
internal sealed class HistoryCheck
{
    /// <summary>What callers are named after the round, when all must be there.</summary>
    public const string FinalReader = "final read";

    private const int MaxConfigurations = 2_000_000;
    private const int MaxContradictions = 50;

    private readonly KeyValueChecker _checker = new(MaxConfigurations);

    /// <summary>Checks a history.</summary>
    public HistoryVerdict Check(IReadOnlyList<Operation<KeyValueInput, KeyValueOutput>> history)
    {
        var rest = history.ToList();
        var evidence = new List<string>();
        var lost = new HashSet<string>();
        var (stale, wrong) = (0, 0);
        while (evidence.Count < MaxContradictions)
        {
            switch (_checker.Check(rest))
            {
                case Linearizable:
                    return new HistoryVerdict(lost.Count, stale, wrong, evidence);
                case Undecided undecided:
                    evidence.Add($"{undecided.Key}: the checker could not decide within {undecided.Explored} configurations");
                    return new HistoryVerdict(lost.Count, stale, wrong + 1, evidence);
                case NotLinearizable found:
                    evidence.Add($"{found.Key}: {found.Fact}; but {found.Contradiction}");
                    var contradiction = rest[found.Evidence[^1]];
                    if (contradiction.Input is not GetInput) wrong++;
                    else if (contradiction.Client.StartsWith(FinalReader, StringComparison.Ordinal)) lost.Add(found.Key!);
                    else stale++;
                    rest.RemoveAll(operation => contradiction.Input is GetInput
                        ? ReferenceEquals(operation, contradiction)
                        : operation.Input.Key == found.Key);
                    break;
            }
        }

        return new HistoryVerdict(lost.Count, stale, wrong, evidence);
    }
}
