using Raft.Simulation.Histories;

namespace Raft.Faults.Checks;

/// <summary>The result of checking a round's history.</summary>
/// <param name="LostWrites">Keys whose reads after the round contradict it: an acknowledged write is lost.</param>
/// <param name="StaleReads">Reads during the round that contradict it.</param>
/// <param name="Wrong">Other contradictions, and keys that could not be decided.</param>
/// <param name="Evidence">The contradictions, one sentence each.</param>
internal sealed record HistoryVerdict(int LostWrites, int StaleReads, int Wrong, IReadOnlyList<string> Evidence);

/// <summary>
/// Checks whether a history is linearizable. If it is not, counts the reads that contradict the rest, by omitting them one by
/// one.
/// </summary>
internal sealed class HistoryCheck
{
    /// <summary>The name of the callers after the round, when all writes must be there.</summary>
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
