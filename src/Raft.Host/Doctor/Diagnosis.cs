using Raft.Actors.Hosting;
using Raft.Host.Http;
using Raft.Host.Inspection;

namespace Raft.Host.Doctor;

/// <summary>Looks at a cluster with all rules.</summary>
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

    /// <summary>Collects the facts: what can be had within a few seconds, whoever is down. It changes nothing.</summary>
    public static async Task<ClusterFacts> GatherAsync(IRaftGroup group)
    {
        var seen = group.GetClusterAsync(ApiLimits.MemberTimeout);
        var examinations = group.Inspection.ExamineAllAsync(ApiLimits.ExaminationTimeout);
        return new ClusterFacts(
            group.Self,
            await seen.ConfigureAwait(false),
            await examinations.ConfigureAwait(false),
            AkkaView.Of(group.Inspection.System),
            group.Feed.Now.Transitions,
            DateTimeOffset.UtcNow);
    }

    /// <summary>What all rules found, the worst first.</summary>
    public static IReadOnlyList<Finding> Of(ClusterFacts facts) =>
        [.. Rules.SelectMany(rule => rule(facts)).OrderByDescending(f => f.Severity)];
}
