using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>
/// Checks whether connections had to be replaced because they were open but delivered nothing. Which nodes can't reach each other
/// now is up to <see cref="ConnectivityRule"/>.
/// </summary>
internal static class LinksRule
{
    private const string Subject = "links";

    /// <summary>Older replacements are not reported.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(10);

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var findings = facts.Diagnostics
            .SelectMany(e => e.Peers.Select(peer => Renewed(e.NodeId, peer)))
            .OfType<Finding>().ToList();
        if (findings.Count == 0 && facts.Diagnostics.Count > 1)
            findings.Add(new Finding(
                Severity.Ok, Subject, null, $"No connection had to be replaced in the last {Readable.Duration(Recently)}."));
        return findings;
    }

    private static Finding? Renewed(NodeId node, PeerView peer) =>
        peer.LinkRenewedMillisecondsAgo is { } ago && ago < Recently.TotalMilliseconds
            ? new Finding(
                Severity.Warning,
                Subject,
                node,
                $"{node} replaced its connection to {peer.NodeId} {peer.LinkRenewals} "
                + $"{(peer.LinkRenewals == 1 ? "time" : "times")}, last "
                + $"{Readable.Duration(TimeSpan.FromMilliseconds(ago))} ago: the connection was open but delivered nothing.",
                $"If it happens again, restart {peer.NodeId}, and if that does not help, {node}. Leave their data as it is.")
            : null;
}
