using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>Queries about campaigns.</summary>
internal static class Campaigns
{
    /// <summary>Whether the node became a candidate of a new term in this step.</summary>
    public static bool IsCampaign(NodeChange change) =>
        change.IsSameIncarnation && change.After.Role == RaftRole.Candidate
        && (change.Before.Role != RaftRole.Candidate || change.Before.Term != change.After.Term);

    /// <summary>Whether it took over at its leader's wish: TimeoutNow came in the term before.</summary>
    public static bool IsAsked(IReadOnlySet<Term> timeoutsNow, NodeState candidate) =>
        timeoutsNow.Contains(new Term(candidate.Term.Value - 1));
}
