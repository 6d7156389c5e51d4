using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Checks Raft's timing requirement: a round trip takes far less time than the election timeout (Raft §5.6).</summary>
internal static class TimingRule
{
    private const string Subject = "timing";
    private const int Far = 10;

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var shortest = facts.Diagnostics.Select(e => e.Time("raft.election-timeout-min")).Min();
        var roundTrip = ConnectivityRule.Slowest(facts);
        if (shortest is not { } timeout || roundTrip == TimeSpan.Zero) yield break;
        var what = $"The slowest round trip between nodes takes {Readable.Duration(roundTrip)}; the shortest election timeout is "
            + $"{Readable.Duration(timeout)}";
        if (roundTrip > timeout / 2)
            yield return new Finding(
                Severity.Problem,
                Subject,
                null,
                $"{what}. Nodes call elections although the leader is healthy.",
                "Raise RAFT_ELECTION_TIMEOUT_MIN and RAFT_ELECTION_TIMEOUT_MAX on all nodes to at least ten round trips.");
        else if (roundTrip > timeout / Far)
            yield return new Finding(
                Severity.Warning,
                Subject,
                null,
                $"{what}. It should be at least ten times the round trip (Raft §5.6).",
                "Run raft doctor again. If it was not a single slow response, raise RAFT_ELECTION_TIMEOUT_MIN and _MAX on all "
                + "nodes.");
        else
            yield return new Finding(Severity.Ok, Subject, null, $"{what}.");
    }
}
