using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>Says what is wrong with a plan that no working node would make. Pure.</summary>
internal static class BootstrapGuard
{
    /// <returns>One clause; null where nothing is wrong.</returns>
    public static string? Problem(BootstrapPlan plan)
    {
        var names = plan.Participants.Select(f => f.Node.Value).ToArray();
        return !names.SequenceEqual(names.Distinct().Order(StringComparer.Ordinal)) ? "its founders are not in order"
            : !NameRule.IsValid(plan.Cluster.Value) || !names.All(NameRule.IsValid) ? "it has an impossible name"
            : plan.Participants.Any(f => f.Journal <= 0) ? "a founder has no journal"
            : null;
    }
}
