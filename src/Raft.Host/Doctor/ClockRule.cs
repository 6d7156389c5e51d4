using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Checks how far the wall clocks of the nodes differ, and whether that matters.</summary>
internal static class ClockRule
{
    private const string Subject = "clocks";
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Large = TimeSpan.FromMinutes(1);

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var seen = facts.Diagnostics
            .SelectMany(e => e.Peers.Select(p => (At: e.NodeId, p.NodeId, Ahead: p.ClockAheadMilliseconds)))
            .Where(s => s.Ahead is not null)
            .Select(s => (s.At, s.NodeId, Ahead: TimeSpan.FromMilliseconds(s.Ahead!.Value)))
            .ToArray();
        if (seen.Length == 0) yield break;
        var worst = seen.MaxBy(s => s.Ahead.Duration());
        var difference = worst.Ahead.Duration();
        if (difference < Noticeable)
        {
            yield return new Finding(
                Severity.Ok, Subject, null, $"The clocks differ by at most {Readable.Duration(difference)}.");
            yield break;
        }

        var areLeasesOn = facts.Diagnostics.Any(e => e.Setting("raft.lease-reads") == "on");
        var way = worst.Ahead > TimeSpan.Zero ? "ahead of" : "behind";
        yield return new Finding(
            areLeasesOn || difference >= Large ? Severity.Warning : Severity.Note,
            Subject,
            worst.NodeId,
            $"The clock of {worst.NodeId} is {Readable.Duration(difference)} {way} the clock of {worst.At}.",
            areLeasesOn
                ? "Leases depend on elapsed time, not on the time of day, so this alone does not break them. But "
                    + "unsynchronized clocks often run at the wrong speed, and that does. Set up NTP on all nodes."
                : "Raft does not depend on the time of day; only the timestamps in logs disagree. Set up NTP on all nodes.");
    }
}
