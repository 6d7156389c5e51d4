using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>
/// Checks that the nodes reach each other, as each node reports: which pairs are disconnected, and in which direction. A node
/// that receives a ping knows that one direction works; if its own pings stay unanswered, the other does not. The result is good
/// only if every known or expected node confirms it.
/// </summary>
internal static class ConnectivityRule
{
    private const string Subject = "connectivity";

    /// <summary>Diagnostics take less time than this; a ping received before belongs to an earlier run.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(3);

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var names = facts.Diagnostics.Select(e => e.NodeId).ToArray();
        var findings = new List<Finding>();
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = i + 1; j < names.Length; j++)
                if (Between(facts, names[i], names[j]) is { } cut) findings.Add(cut);
        }

        if (findings.Count == 0) findings.AddRange(Unheard(facts));
        findings.AddRange(facts.Silent.Select(n => OfSilent(facts, n)));
        if (facts.Expected > facts.Nodes.Count) findings.Add(Missing(facts));
        if (findings.Count == 0 && names.Length > 1)
            findings.Add(new Finding(
                Severity.Ok, Subject, null, "All nodes reach each other, with a round trip of at most "
                    + $"{Readable.Duration(Slowest(facts))}."));
        return findings;
    }

    /// <summary>Returns the longest round trip between two nodes.</summary>
    public static TimeSpan Slowest(ClusterFacts facts) => TimeSpan.FromMicroseconds(
        facts.Diagnostics.SelectMany(e => e.Peers).Select(p => p.RoundTripMicroseconds ?? 0).DefaultIfEmpty().Max());

    private static Finding? Between(ClusterFacts facts, NodeId a, NodeId b)
    {
        var (atA, atB) = (PeerViewOf(facts, a, b), PeerViewOf(facts, b, a));
        if (atA is null || atB is null || (Answered(atA) && Answered(atB))) return null;
        var aReachesB = Answered(atA) || Answered(atB) || Heard(atB);
        var bReachesA = Answered(atA) || Answered(atB) || Heard(atA);
        if (aReachesB && bReachesA)
            return new Finding(
                Severity.Warning,
                Subject,
                Answered(atA) ? b : a,
                $"{a} and {b} reach each other, but some responses took longer than a second.",
                "One of them is overloaded, or the network drops packets. Check CPU, memory and log of both.");
        return aReachesB ? OneWay(facts, b, a)
            : bReachesA ? OneWay(facts, a, b)
            : new Finding(
                Severity.Problem,
                Subject,
                null,
                $"{a} and {b} can't reach each other.",
                "Check the network between them, and that each can reach the other's RAFT_REMOTE.");
    }

    private static Finding OneWay(ClusterFacts facts, NodeId from, NodeId to) => new(
        Severity.Problem,
        Subject,
        from,
        $"{from} can't reach {to}, but {to} reaches {from}.",
        $"Allow connections from {from} to {to}'s RAFT_REMOTE: check firewall rules, and how {from} resolves the address. If "
        + $"the network is fine, their connection hangs: {Restarting.Advice(facts, Restarting.OneOf(facts, deaf: to, from))}");

    /// <summary>Finds followers that respond here but that the leader can't reach.</summary>
    private static IEnumerable<Finding> Unheard(ClusterFacts facts) => facts.Leader is not { } leader ? [] :
        from follower in leader.Followers
        where !follower.IsReached
            && facts.ViewOf(follower.NodeId) is { Status: not null }
            && facts.DiagnosticsOf(follower.NodeId) is not null
        select new Finding(
            Severity.Problem,
            Subject,
            follower.NodeId,
            $"The leader {leader.NodeId} can't reach {follower.NodeId}, although both respond here.",
            $"Check the logs of both. If they do not show the cause: {Restarting.Advice(facts, follower.NodeId)}");

    /// <summary>Reports a node whose process returned no diagnostics here, although it may respond to others.</summary>
    private static Finding OfSilent(ClusterFacts facts, NodeId silent)
    {
        var from = facts.SeenFrom is { } self ? self.Value : "this gateway";
        var reaching = facts.Diagnostics
            .Where(e => e.NodeId != facts.SeenFrom && PeerViewOf(facts, e.NodeId, silent) is { } seen && Answered(seen))
            .Select(e => e.NodeId.Value).ToArray();
        if (facts.ViewOf(silent) is { Status: not null })
            return new Finding(
                Severity.Note,
                Subject,
                silent,
                $"{silent} responds to {from} but does not report its connections.",
                "It is unknown whether it and the others reach each other. It may be overloaded; run raft doctor again.");
        if (reaching.Length == 0)
            return new Finding(
                Severity.Warning,
                Subject,
                silent,
                $"No node that responds to {from} can reach {silent}: it is down or disconnected.",
                "Check that its process is running. If it is, check the network, and that the others can reach its RAFT_REMOTE.");
        return OneWayTo(facts, silent) ?? new Finding(
            Severity.Problem,
            Subject,
            silent,
            $"{silent} is up: {Sentence.List(reaching)} {(reaching.Length > 1 ? "reach" : "reaches")} it, but "
            + $"{from} can't.",
            $"Check the network between {from} and {silent}.");
    }

    /// <summary>
    /// Returns whether one direction between this node and the silent node works, because either has heard the other.
    /// </summary>
    private static Finding? OneWayTo(ClusterFacts facts, NodeId silent)
    {
        if (facts.SeenFrom is not { } self) return null;
        var hearsSelf = facts.Diagnostics.SelectMany(e => e.Peers)
            .Where(p => p.NodeId == silent).SelectMany(p => p.Hears)
            .Any(h => h.NodeId == self && h.MillisecondsAgo < Recently.TotalMilliseconds);
        var isHeard = PeerViewOf(facts, self, silent) is { } seen && Heard(seen);
        return hearsSelf == isHeard ? null : hearsSelf ? OneWay(facts, silent, self) : OneWay(facts, self, silent);
    }

    private static Finding Missing(ClusterFacts facts) => new(
        Severity.Warning,
        Subject,
        null,
        $"{facts.Nodes.Count} nodes are known here, but {facts.Expected} are expected (raft.bootstrap-expect).",
        "Start the missing nodes, and check that their RAFT_SEED_NODES name the same lighthouse or node.");

    private static PeerView? PeerViewOf(ClusterFacts facts, NodeId at, NodeId of) =>
        facts.DiagnosticsOf(at)?.Peers.FirstOrDefault(p => p.NodeId == of);

    private static bool Answered(PeerView view) => view.RoundTripMicroseconds is not null;

    private static bool Heard(PeerView view) => view.HeardMillisecondsAgo is { } ago && ago < Recently.TotalMilliseconds;
}
