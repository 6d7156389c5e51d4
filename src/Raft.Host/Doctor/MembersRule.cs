using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Checks that all members take part, and how many more may fail.</summary>
internal static class MembersRule
{
    private const string Subject = "members";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var findings = facts.Members.Select(m => Look(facts, m)).OfType<Finding>().ToList();
        foreach (var stranger in facts.Nodes.Where(n => n.Down is not null && !facts.Members.Contains(n.Node.NodeId)))
            findings.Add(IsDown(stranger.Down!));
        if (facts.Members.Count == 0) return findings;

        var well = facts.TakingPart.Count;
        if (well >= facts.Majority && facts.Members.Count > 1) findings.Add(Tolerance(facts, well));
        if (facts.Members.Count == 1)
            findings.Add(new Finding(
                Severity.Note, Subject, null, "The group has one member. While it is down, the group is "
                    + "unavailable.", "A group of three members tolerates the failure of one."));
        return findings;
    }

    private static Finding? Look(ClusterFacts facts, NodeId member) => facts.ViewOf(member) switch
    {
        null or { Node.Address: "", IsReachable: false } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"The address of member {member} is unknown.",
            "It has not joined the Akka cluster since this process started. Start it, and check its RAFT_SEED_NODES."),
        { Down: { } down } => IsDown(down),
        { Status.AwaitsReadmission: true } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"{member} lost all or part of its journal. It follows, but does not count towards a majority until it is "
            + "readmitted.",
            "The leader readmits it automatically, with a majority of the other members. Keep them running and do not delete "
            + "their data."),
        { IsReachable: false } => new Finding(
            Severity.Warning,
            Subject,
            member,
            $"{member} at {facts.ViewOf(member)!.Node.Address} does not respond"
            + $"{(facts.SeenFrom is { } from ? $" to {from}" : "")}.",
            "Check that its process is running; its log says why it stopped. See also the findings on connectivity."),
        _ => null,
    };

    private static Finding IsDown(NodeDown down) => down.IsHalted
        ? new Finding(
            Severity.Problem,
            Subject,
            down.NodeId,
            $"{down.NodeId} halted: {down.Reason.TrimEnd('.')}.",
            "It stays down until you remove the cause and start it again. See docs/operate.md for each cause.")
        : new Finding(
            Severity.Warning,
            Subject,
            down.NodeId,
            $"{down.NodeId} is unavailable: {down.Reason.TrimEnd('.')}.",
            "It retries automatically. See its log for the failure.");

    private static Finding Tolerance(ClusterFacts facts, int well)
    {
        var spare = well - facts.Majority;
        var what = $"{well} of {facts.Members.Count} members take part, {facts.Majority} are needed";
        return spare > 0
            ? new Finding(Severity.Ok, Subject, null, $"{what}, so {spare} more may fail.")
            : new Finding(
                Severity.Warning, Subject, null, $"{what}: one more failure stops writes.", "Start the missing members again, "
                    + "with their data.");
    }
}
