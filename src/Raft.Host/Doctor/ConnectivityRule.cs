using Raft.Actors.Protocol;
using Raft.Host.Rendering;

namespace Raft.Host.Doctor;

/// <summary>
/// Whether the nodes reach each other, as each of them tells: who is cut from whom, and in which direction. A node that heard
/// another one's question knows that one direction works; without an answer of its own the other one does not.
/// </summary>
internal static class ConnectivityRule
{
    private const string Subject = "connectivity";

    /// <summary>An examination takes less; what was heard before it is of an earlier one.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(3);

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var names = facts.Examinations.Select(e => e.NodeId).ToArray();
        var findings = new List<Finding>();
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = i + 1; j < names.Length; j++)
                if (Between(facts, names[i], names[j]) is { } cut) findings.Add(cut);
        }

        findings.AddRange(facts.Members.Where(m => !names.Contains(m)).Select(m => Behind(facts, m)).OfType<Finding>());
        if (findings.Count == 0 && names.Length > 1)
            findings.Add(new Finding(Severity.Ok, Subject, null, $"All nodes reach each other, in {Terminal.Duration(Slowest(facts))} at the most."));
        return findings;
    }

    /// <summary>The longest round trip between two nodes.</summary>
    public static TimeSpan Slowest(ClusterFacts facts) => TimeSpan.FromMicroseconds(
        facts.Examinations.SelectMany(e => e.Peers).Select(p => p.RoundTripMicroseconds ?? 0).DefaultIfEmpty().Max());

    private static Finding? Between(ClusterFacts facts, NodeId a, NodeId b)
    {
        var (atA, atB) = (Sight(facts, a, b), Sight(facts, b, a));
        if (atA is null || atB is null || (Answered(atA) && Answered(atB))) return null;
        var aReachesB = Answered(atA) || Answered(atB) || Heard(atB);
        var bReachesA = Answered(atA) || Answered(atB) || Heard(atA);
        if (aReachesB && bReachesA)
            return new Finding(
                Severity.Warning,
                Subject,
                Answered(atA) ? b : a,
                $"{a} and {b} reach each other, but not every answer came within a second.",
                "One of them has too much to do, or the network loses much: look at its processor, its memory and its log.");
        var (from, to) = bReachesA ? (a, b) : (b, a);
        return aReachesB || bReachesA
            ? new Finding(
                Severity.Problem,
                Subject,
                from,
                $"The way from {from} to {to} is cut, the way back is not.",
                $"Let {from} through to {to}'s RAFT_REMOTE: a firewall rule for one direction, or an address that {from} resolves wrongly.")
            : new Finding(
                Severity.Problem,
                Subject,
                null,
                $"{a} and {b} don't reach each other.",
                "Check the network between them, and that each reaches the other's RAFT_REMOTE.");
    }

    /// <summary>A member that did not answer here, though it may answer others.</summary>
    private static Finding? Behind(ClusterFacts facts, NodeId absent)
    {
        if (facts.Sight(absent) is { IsReachable: true }) return null;
        var reaching = facts.Examinations
            .Where(e => e.NodeId != facts.SeenFrom && Sight(facts, e.NodeId, absent) is { } seen && Answered(seen))
            .Select(e => e.NodeId.Value).ToArray();
        var from = facts.SeenFrom is { } self ? self.Value : "this gateway";
        return reaching.Length == 0 ? null : new Finding(
            Severity.Problem,
            Subject,
            absent,
            $"{absent} is up: {Examined.List(reaching)} {(reaching.Length > 1 ? "reach" : "reaches")} it, and {from} does not.",
            $"Check the network between {from} and {absent}.");
    }

    private static PeerSight? Sight(ClusterFacts facts, NodeId at, NodeId of) =>
        facts.Examination(at)?.Peers.FirstOrDefault(p => p.NodeId == of);

    private static bool Answered(PeerSight sight) => sight.RoundTripMicroseconds is not null;

    private static bool Heard(PeerSight sight) => sight.HeardMillisecondsAgo is { } ago && ago < Recently.TotalMilliseconds;
}
