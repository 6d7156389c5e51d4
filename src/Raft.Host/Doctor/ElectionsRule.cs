using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Checks that leadership is stable. A healthy cluster elects a leader at its start and when a leader stops.</summary>
internal static class ElectionsRule
{
    private const string Subject = "elections";
    private const int Many = 3;
    private const int VeryMany = 9;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        if (facts.Transitions.Count == 0) yield break;
        var elections = facts.Transitions
            .Where(t => t is { Kind: TransitionKind.Role, Role: RaftRole.Leader, Term: not null } && facts.At - t.At < Period)
            .Select(t => t.Term).Distinct().Count();
        var what = $"{elections} elections in the last {Readable.Duration(Period)}, as observed from here.";
        yield return elections <= Many
            ? new Finding(Severity.Ok, Subject, null, what)
            : new Finding(
                elections <= VeryMany ? Severity.Warning : Severity.Problem,
                Subject,
                null,
                what,
                "Each election stops writes for a moment. If nobody restarts nodes or transfers leadership, the findings on "
                + "disk, timing and connectivity show the cause.");
    }
}
