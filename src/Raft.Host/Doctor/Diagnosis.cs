using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Host.Api;

namespace Raft.Host.Doctor;

/// <summary>Diagnoses a cluster with all rules.</summary>
internal static class Diagnosis
{
    private static readonly Func<ClusterFacts, IEnumerable<Finding>>[] Rules =
    [
        LeaderRule.Examine,
        MembersRule.Examine,
        ClusterRule.Examine,
        ElectionsRule.Examine,
        ConnectivityRule.Examine,
        LinksRule.Examine,
        ReplicationRule.Examine,
        DiskRule.Examine,
        ConfigurationRule.Examine,
        TimingRule.Examine,
        ClockRule.Examine,
        VersionRule.Examine,
        AkkaRule.Examine,
    ];

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1.5);

    /// <summary>Collects the facts that are available within a few seconds, whichever nodes are down. Changes nothing.</summary>
    public static async Task<ClusterFacts> GatherAsync(IRaftGroup group)
    {
        var seen = group.GetClusterAsync(ApiLimits.MemberTimeout);
        var examinations = group.Inspection.DiagnoseAllAsync(ServerLimits.DiagnosticsTimeout);
        var first = await seen.ConfigureAwait(false);
        var later = IsAnybodyBehind(first) ? LookAgainAsync(group) : null;
        return new ClusterFacts(
            group.Self,
            later is null ? first : await later.ConfigureAwait(false),
            await examinations.ConfigureAwait(false),
            AkkaView.Of(group.Inspection.System),
            group.Monitor.Now.Transitions,
            DateTimeOffset.UtcNow)
        {
            Earlier = later is null ? [] : first,
        };
    }

    /// <summary>Returns whether a node lacks committed entries, so that a second look shows whether it catches up.</summary>
    private static bool IsAnybodyBehind(IReadOnlyList<NodeView> seen) =>
        ClusterView.Leader(seen) is { } leader && seen.Any(s => s.Status is { } status && status.LastLogIndex < leader.CommitIndex);

    private static async Task<IReadOnlyList<NodeView>> LookAgainAsync(IRaftGroup group)
    {
        await Task.Delay(LookInterval).ConfigureAwait(false);
        return await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
    }

    /// <summary>Returns the findings of all rules, worst first.</summary>
    public static IReadOnlyList<Finding> Of(ClusterFacts facts) =>
        [.. Rules.SelectMany(rule => rule(facts)).OrderByDescending(f => f.Severity)];
}
