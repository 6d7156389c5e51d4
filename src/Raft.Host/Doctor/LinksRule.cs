using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>
/// Whether connections had to be made anew that were open and over which nothing got through. Who does not reach whom now is
/// <see cref="ConnectivityRule"/>'s.
/// </summary>
internal static class LinksRule
{
    private const string Subject = "links";

    /// <summary>What is longer ago has healed.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(10);

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var findings = facts.Diagnostics
            .SelectMany(e => e.Peers.Select(peer => Renewed(e.NodeId, peer)))
            .OfType<Finding>().ToList();
        if (findings.Count == 0 && facts.Diagnostics.Count > 1)
            findings.Add(new Finding(
                Severity.Ok, Subject, null, $"No connection had to be made anew in the last {Readable.Duration(Recently)}."));
        return findings;
    }

    private static Finding? Renewed(NodeId node, PeerView peer) =>
        peer.LinkRenewedMillisecondsAgo is { } ago && ago < Recently.TotalMilliseconds
            ? new Finding(
                Severity.Warning,
                Subject,
                node,
                $"{node} made its connection to {peer.NodeId} anew {peer.LinkRenewals} {(peer.LinkRenewals == 1 ? "time" : "times")}, the last "
                + $"{Readable.Duration(TimeSpan.FromMilliseconds(ago))} ago: it was open, and nothing got through.",
                $"Nothing, where it does not come again. Where it does, restart {peer.NodeId}, and {node} if that does not help: their data stays.")
            : null;
}
