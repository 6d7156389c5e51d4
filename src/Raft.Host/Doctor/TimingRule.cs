using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Raft's timing requirement: the time of a round trip is far below the election timeout (Raft §5.6).</summary>
internal static class TimingRule
{
    private const string Subject = "timing";
    private const int Far = 10;

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var shortest = facts.Diagnostics.Select(e => e.Time("raft.election-timeout-min")).Min();
        var roundTrip = ConnectivityRule.Slowest(facts);
        if (shortest is not { } timeout || roundTrip == TimeSpan.Zero) yield break;
        var what = $"The slowest round trip between nodes takes {Readable.Duration(roundTrip)}, the shortest election timeout is "
            + $"{Readable.Duration(timeout)}";
        if (roundTrip > timeout / 2)
            yield return new Finding(
                Severity.Problem,
                Subject,
                null,
                $"{what}: nodes elect while the leader is well.",
                "Raise RAFT_ELECTION_TIMEOUT_MIN and _MAX on all nodes to ten round trips or more.");
        else if (roundTrip > timeout / Far)
            yield return new Finding(
                Severity.Warning,
                Subject,
                null,
                $"{what}; it should be ten times as long (Raft §5.6).",
                "Was it one slow answer? Look again. Else raise RAFT_ELECTION_TIMEOUT_MIN and _MAX on all nodes.");
        else
            yield return new Finding(Severity.Ok, Subject, null, $"{what}.");
    }
}
