using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>Tells how campaigns begin.</summary>
internal static class Campaigns
{
    /// <summary>Whether the node became a candidate of a new term in this step.</summary>
    public static bool IsCampaign(NodeChange change) =>
        change.IsSameIncarnation && change.After.Role == RaftRole.Candidate
        && (change.Before.Role != RaftRole.Candidate || change.Before.Term != change.After.Term);

    /// <summary>
    /// Whether the node campaigns because its leader asked it to: it received TimeoutNow in the previous term.
    /// </summary>
    public static bool IsAsked(IReadOnlySet<Term> timeoutsNow, NodeState candidate) =>
        timeoutsNow.Contains(new Term(candidate.Term.Value - 1));
}
