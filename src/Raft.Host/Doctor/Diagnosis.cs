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
        LeaderRule.Check,
        MembersRule.Check,
        ClusterRule.Check,
        ElectionsRule.Check,
        ConnectivityRule.Check,
        LinksRule.Check,
        ReplicationRule.Check,
        DiskRule.Check,
        ConfigurationRule.Check,
        TimingRule.Check,
        ClockRule.Check,
        VersionRule.Check,
        AkkaRule.Check,
    ];

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1.5);

    /// <summary>Collects the facts that are available within a few seconds, whichever nodes are down. Changes nothing.</summary>
    public static async Task<ClusterFacts> GatherAsync(IRaftGroup group, CancellationToken cancellationToken)
    {
        var seen = group.GetClusterAsync(ApiLimits.MemberTimeout, cancellationToken);
        var diagnostics = group.Inspection.DiagnoseAllAsync(ServerLimits.DiagnosticsTimeout, cancellationToken);
        var first = await seen.ConfigureAwait(false);
        var later = IsAnybodyBehind(first) ? LookAgainAsync(group, cancellationToken) : null;
        return new ClusterFacts(
            group.Self,
            later is null ? first : await later.ConfigureAwait(false),
            await diagnostics.ConfigureAwait(false),
            AkkaView.Of(group.Inspection.System),
            group.Monitor.Current.Transitions,
            DateTimeOffset.UtcNow)
        {
            Earlier = later is null ? [] : first,
        };
    }

    /// <summary>Returns whether a node lacks committed entries, so that a second look shows whether it catches up.</summary>
    private static bool IsAnybodyBehind(IReadOnlyList<NodeView> seen) =>
        ClusterView.FindLeader(seen) is { } leader
        && seen.Any(s => s.Status is { } status && status.LastLogIndex < leader.CommitIndex);

    private static async Task<IReadOnlyList<NodeView>> LookAgainAsync(IRaftGroup group, CancellationToken cancellationToken)
    {
        await Task.Delay(LookInterval, cancellationToken).ConfigureAwait(false);
        return await group.GetClusterAsync(ApiLimits.MemberTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the findings of all rules, worst first.</summary>
    public static IReadOnlyList<Finding> Of(ClusterFacts facts) =>
        [.. Rules.SelectMany(rule => rule(facts)).OrderByDescending(f => f.Severity)];
}
