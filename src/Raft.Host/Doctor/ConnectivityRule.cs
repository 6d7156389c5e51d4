using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>
/// Whether the nodes reach each other, as each of them tells: who is cut from whom, and in which direction. A node that heard
/// another one's question knows that one direction works; without an answer of its own the other one does not. It is well only where
/// every node that is known or expected says so.
/// </summary>
internal static class ConnectivityRule
{
    private const string Subject = "connectivity";

    /// <summary>An examination takes less; what was heard before it is of an earlier one.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(3);

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
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
                Severity.Ok, Subject, null, $"All nodes reach each other, in {Readable.Duration(Slowest(facts))} at the most."));
        return findings;
    }

    /// <summary>The longest round trip between two nodes.</summary>
    public static TimeSpan Slowest(ClusterFacts facts) => TimeSpan.FromMicroseconds(
        facts.Diagnostics.SelectMany(e => e.Peers).Select(p => p.RoundTripMicroseconds ?? 0).DefaultIfEmpty().Max());

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
        return aReachesB ? OneWay(facts, b, a)
            : bReachesA ? OneWay(facts, a, b)
            : new Finding(
                Severity.Problem,
                Subject,
                null,
                $"{a} and {b} don't reach each other.",
                "Check the network between them, and that each reaches the other's RAFT_REMOTE.");
    }

    private static Finding OneWay(ClusterFacts facts, NodeId from, NodeId to) => new(
        Severity.Problem,
        Subject,
        from,
        $"The way from {from} to {to} is cut, the way back is not.",
        $"Let {from} through to {to}'s RAFT_REMOTE: a firewall rule for one direction, or an address that {from} resolves wrongly. "
        + $"If the network is well, their connection hangs: {Restarting.Advice(facts, Restarting.OneOf(facts, deaf: to, from))}");

    /// <summary>Followers whose processes answer here, and that the leader does not hear.</summary>
    private static IEnumerable<Finding> Unheard(ClusterFacts facts) => facts.Leader is not { } leader ? [] :
        from follower in leader.Followers
        where !follower.IsReached && facts.Sight(follower.NodeId) is { Status: not null } && facts.Examination(follower.NodeId) is not null
        select new Finding(
            Severity.Problem,
            Subject,
            follower.NodeId,
            $"{leader.NodeId} leads and hears nothing of {follower.NodeId}, though both answer here.",
            $"Look at the logs of both. If neither says why: {Restarting.Advice(facts, follower.NodeId)}");

    /// <summary>A node whose process tells nothing here, though it may answer others.</summary>
    private static Finding OfSilent(ClusterFacts facts, NodeId silent)
    {
        var from = facts.SeenFrom is { } self ? self.Value : "this gateway";
        var reaching = facts.Diagnostics
            .Where(e => e.NodeId != facts.SeenFrom && Sight(facts, e.NodeId, silent) is { } seen && Answered(seen))
            .Select(e => e.NodeId.Value).ToArray();
        if (facts.Sight(silent) is { Status: not null })
            return new Finding(
                Severity.Note,
                Subject,
                silent,
                $"{silent} answers {from} and tells nothing of its connections.",
                "Whether it and the others reach each other is not known. Look again; it may have too much to do.");
        if (reaching.Length == 0)
            return new Finding(
                Severity.Warning,
                Subject,
                silent,
                $"Nobody who answers {from} reaches {silent}: it is down, or cut off from all of them.",
                "Is its process up? If it is, its log says whom it reaches: check the network, and that the others reach its RAFT_REMOTE.");
        return OneWayTo(facts, silent) ?? new Finding(
            Severity.Problem,
            Subject,
            silent,
            $"{silent} is up: {Examined.List(reaching)} {(reaching.Length > 1 ? "reach" : "reaches")} it, and {from} does not.",
            $"Check the network between {from} and {silent}.");
    }

    /// <summary>One direction between the node that looks and the silent one works, as either has heard the other.</summary>
    private static Finding? OneWayTo(ClusterFacts facts, NodeId silent)
    {
        if (facts.SeenFrom is not { } self) return null;
        var hearsSelf = facts.Diagnostics.SelectMany(e => e.Peers)
            .Where(p => p.NodeId == silent).SelectMany(p => p.Hears)
            .Any(h => h.NodeId == self && h.MillisecondsAgo < Recently.TotalMilliseconds);
        var isHeard = Sight(facts, self, silent) is { } seen && Heard(seen);
        return hearsSelf == isHeard ? null : hearsSelf ? OneWay(facts, silent, self) : OneWay(facts, self, silent);
    }

    private static Finding Missing(ClusterFacts facts) => new(
        Severity.Warning,
        Subject,
        null,
        $"{facts.Nodes.Count} nodes are known here, and {facts.Expected} are expected (raft.bootstrap-expect).",
        "Start the others, and check that their RAFT_SEED_NODES lead to the same lighthouse or node.");

    private static PeerView? Sight(ClusterFacts facts, NodeId at, NodeId of) =>
        facts.Examination(at)?.Peers.FirstOrDefault(p => p.NodeId == of);

    private static bool Answered(PeerView sight) => sight.RoundTripMicroseconds is not null;

    private static bool Heard(PeerView sight) => sight.HeardMillisecondsAgo is { } ago && ago < Recently.TotalMilliseconds;
}
