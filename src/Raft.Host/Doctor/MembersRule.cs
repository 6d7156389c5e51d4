using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Whether all members take part, and how many more may fail.</summary>
internal static class MembersRule
{
    private const string Subject = "members";

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var findings = facts.Members.Select(m => Look(facts, m)).OfType<Finding>().ToList();
        foreach (var stranger in facts.Nodes.Where(n => n.Down is not null && !facts.Members.Contains(n.Node.NodeId)))
            findings.Add(IsDown(stranger.Down!));
        if (facts.Members.Count == 0) return findings;

        var well = facts.TakingPart.Count;
        if (well >= facts.Majority && facts.Members.Count > 1) findings.Add(Tolerance(facts, well));
        if (facts.Members.Count == 1)
            findings.Add(new Finding(
                Severity.Note, Subject, null, "The group has one member: while it is down nobody answers.", "Three members survive the loss of one."));
        return findings;
    }

    private static Finding? Look(ClusterFacts facts, NodeId member) => facts.Sight(member) switch
    {
        null or { Node.Address: "", IsReachable: false } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"No address is known of {member}, which is a member.",
            "It has not been in the Akka cluster since this process started: start it, and check its RAFT_SEED_NODES."),
        { Down: { } down } => IsDown(down),
        { Status.AwaitsReadmission: true } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"{member} lost its journal, or a part of it: it follows, and counts for nobody before an entry of the log readmits it.",
            "The leader does that by itself, with a majority that does not count it: keep the other members up, and empty no other disk."),
        { IsReachable: false } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"{member} does not answer{(facts.SeenFrom is { } from ? $" {from}" : "")} at {facts.Sight(member)!.Node.Address}.",
            "Is its process up? Its log says why it ended; connectivity says whether others reach it."),
        _ => null,
    };

    private static Finding IsDown(NodeDown down) => down.IsHalted
        ? new Finding(
            Severity.Problem,
            Subject,
            down.NodeId,
            $"{down.NodeId} halted: {down.Reason.TrimEnd('.')}.",
            "It stays down until somebody removes the cause and starts it again; docs/operate.md says how for each cause.")
        : new Finding(
            Severity.Warning,
            Subject,
            down.NodeId,
            $"{down.NodeId} takes no part: {down.Reason.TrimEnd('.')}.",
            "It tries again by itself; its log has the failure.");

    private static Finding Tolerance(ClusterFacts facts, int well)
    {
        var spare = well - facts.Majority;
        var what = $"{well} of {facts.Members.Count} members take part; {facts.Majority} are needed";
        return spare > 0
            ? new Finding(Severity.Ok, Subject, null, $"{what}, so {spare} more may fail.")
            : new Finding(
                Severity.Warning, Subject, null, $"{what}: the next failure stops the writes.", "Bring the missing members back.");
    }
}
