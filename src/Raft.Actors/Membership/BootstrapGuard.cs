using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>Rejects a plan that no correct node would make. Pure.</summary>
internal static class BootstrapGuard
{
    /// <returns>The problem as a clause; null if there is none.</returns>
    public static string? Problem(BootstrapPlan plan)
    {
        var names = plan.Participants.Select(f => f.Node.Value).ToArray();
        return !names.SequenceEqual(names.Distinct().Order(StringComparer.Ordinal)) ? "its participants are not in order"
            : !NameRule.IsValid(plan.Cluster.Value) || !names.All(NameRule.IsValid) ? "it contains an invalid name"
            : plan.Participants.Any(p => p.Journal <= 0) ? "a participant has no journal"
            : null;
    }
}
