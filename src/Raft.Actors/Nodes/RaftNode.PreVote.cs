using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Nodes;

/// <summary>
/// Pre-vote (dissertation §9.6): a follower that hears no leader asks the others whether they would elect it, before it raises
/// its term. So a node that was cut off or slow comes back without deposing anybody.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// No leader was heard, or an election had no outcome. A node whose disk stands still could not vote for itself, and one that
    /// is not readmitted must not: it waits.
    /// </summary>
    private void OnElectionTimeout()
    {
        if (_awaitsReadmission) WaitForLeader(why: null);
        else if (!_settings.IsPreVoteOn) BecomeCandidate();
        else if (_journal.IsStalled) WaitForLeader(_role == RaftRole.Follower ? null : "its disk stands still");
        else BeginPreElection();
    }

    private void WaitForLeader(string? why)
    {
        ResetElectionTimer();
        BecomeFollower(leader: null, why);
    }

    private void BeginPreElection()
    {
        if (_leader is { } lost) Log.Info("{Node} term {Term}: hears nothing of its leader {Leader}", Id, _term.Value, lost);
        ResetElectionTimer();
        var election = new PreElection(UnusedNumber(), new VoteTally(_voters));
        Enter(
            RaftRole.Follower,
            leader: null,
            message => AskingForPreVotes(election, message),
            leave: _ => election.IsOver = true,
            _role == RaftRole.Follower ? null : "the election had no outcome");
        _journal.WhenTermDurable(() => AskForPreVotes(election));
        election.Votes.Grant(Id);
        DecidePreElection(election);
    }

    private void AskForPreVotes(PreElection election)
    {
        if (election.IsOver) return;
        var request = new RequestPreVote(_cluster, Id, _term, election.Attempt, _log.LastIndex, _log.LastTerm) { Journal = Stamp };
        foreach (var peer in Others) _peers[peer].Tell(request);
    }

    private bool AskingForPreVotes(PreElection election, object message)
    {
        switch (message)
        {
            case PreVoteGranted vote when vote.Attempt == election.Attempt && Counts(vote):
                election.Votes.Grant(vote.From);
                DecidePreElection(election);
                return true;
            case PreVoteDenied vote when vote.Attempt == election.Attempt:
                election.Votes.Deny(vote.From);
                return true;
            case AppendEntries or InstallSnapshot when ((RaftRpc)message).Term == _term:
                BecomeFollower(leader: null, why: null);
                _behaviour(message);
                return true;
            case ElectionTimeout: OnElectionTimeout(); return true;
            default: return false;
        }
    }

    private void DecidePreElection(PreElection election)
    {
        if (election.Votes.Outcome == Election.Won) BecomeCandidate();
    }

    /// <summary>What a node knows of the election that it might begin.</summary>
    private sealed class PreElection(long attempt, VoteTally votes)
    {
        public long Attempt { get; } = attempt;

        public VoteTally Votes { get; } = votes;

        /// <summary>Whether the node does something else by now.</summary>
        public bool IsOver { get; set; }
    }
}
