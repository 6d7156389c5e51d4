using Raft.Actors.Protocol;

namespace Raft.Actors.Quorums;

/// <summary>The state of an election.</summary>
internal enum Election
{
    /// <summary>Neither a majority of votes nor of denials yet.</summary>
    Undecided = 0,

    /// <summary>A majority of the voters voted for the candidate.</summary>
    Won = 1,

    /// <summary>A majority of the voters denied the candidate their vote.</summary>
    Lost = 2,
}

/// <summary>
/// The votes of one election (Raft §5.2). Answers are counted per voter, so a duplicate counts once, and an answer from a
/// stranger does not count.
/// </summary>
internal sealed class VoteTally(IReadOnlyCollection<NodeId> voters)
{
    private readonly HashSet<NodeId> _granted = [];
    private readonly HashSet<NodeId> _denied = [];

    /// <summary>Granted votes.</summary>
    public int Granted => _granted.Count;

    /// <summary>Number of voters.</summary>
    public int Voters => voters.Count;

    /// <summary>The state of the election.</summary>
    public Election Outcome =>
        Granted >= Majority.Of(voters.Count) ? Election.Won
        : voters.Count - _denied.Count < Majority.Of(voters.Count) ? Election.Lost
        : Election.Undecided;

    /// <summary>Counts a vote. A voter's first answer is final.</summary>
    public void Grant(NodeId voter)
    {
        if (voters.Contains(voter) && !_denied.Contains(voter)) _granted.Add(voter);
    }

    /// <summary>Counts a denial. A voter's first answer is final.</summary>
    public void Deny(NodeId voter)
    {
        if (voters.Contains(voter) && !_granted.Contains(voter)) _denied.Add(voter);
    }
}
