using Raft.Actors.Protocol;

namespace Raft.Actors.Quorums;

/// <summary>How an election stands.</summary>
internal enum Election
{
    /// <summary>Neither a majority of votes nor of denials yet.</summary>
    Undecided = 0,

    /// <summary>A majority of the voters voted for the candidate.</summary>
    Won = 1,

    /// <summary>A majority of the voters denied their vote.</summary>
    Lost = 2,
}

/// <summary>
/// The votes of one election (Raft §5.2). Answers are kept by voter, so that one that arrives twice counts once, and
/// one of a stranger counts never.
/// </summary>
internal sealed class VoteTally(IReadOnlyCollection<NodeId> voters)
{
    private readonly HashSet<NodeId> _granted = [];
    private readonly HashSet<NodeId> _denied = [];

    /// <summary>Votes so far.</summary>
    public int Granted => _granted.Count;

    /// <summary>Number of voters.</summary>
    public int Voters => voters.Count;

    /// <summary>How the election stands.</summary>
    public Election Outcome =>
        Granted >= Majority.Of(voters.Count) ? Election.Won
        : voters.Count - _denied.Count < Majority.Of(voters.Count) ? Election.Lost
        : Election.Undecided;

    /// <summary>Notes a vote. A voter's first answer stands.</summary>
    public void Grant(NodeId voter)
    {
        if (voters.Contains(voter) && !_denied.Contains(voter)) _granted.Add(voter);
    }

    /// <summary>Notes a denial. A voter's first answer stands.</summary>
    public void Deny(NodeId voter)
    {
        if (voters.Contains(voter) && !_granted.Contains(voter)) _denied.Add(voter);
    }
}
