using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Nodes;

/// <summary>A candidate asks all voters for their vote in a new term (Raft §5.2).</summary>
internal sealed partial class RaftNode
{
    /// <param name="isTransfer">Whether the leader itself asked for it.</param>
    private void BecomeCandidate(bool isTransfer = false)
    {
        StartTerm(_term.Next(), votedFor: Id);
        ResetElectionTimer();
        var candidacy = new Candidacy(_term, new VoteTally(_voters), isTransfer);
        Enter(
            RaftRole.Candidate,
            leader: null,
            message => Campaigning(candidacy, message),
            leaving => CountElection(candidacy, leaving),
            isTransfer ? "its leader hands over"
            : _role == RaftRole.Candidate ? "the election had no outcome"
            : "no leader was heard");
        _journal.WhenDurable(() => AskForVotes(candidacy));
    }

    private bool Campaigning(Candidacy candidacy, object message)
    {
        candidacy.IsTimeUp = message is ElectionTimeout;
        switch (message)
        {
            case VoteGranted vote when vote.Term == _term && Counts(vote):
                candidacy.Votes.Grant(vote.From);
                DecideElection(candidacy);
                return true;
            case VoteDenied vote when vote.Term == _term:
                candidacy.Votes.Deny(vote.From);
                return true;
            case AppendEntries or InstallSnapshot when message is RaftRpc rpc && rpc.Term == _term:
                BecomeFollower(rpc.From, $"{rpc.From} leads");
                _behaviour(message);
                return true;
            case ElectionTimeout when candidacy.IsAsking: OnElectionTimeout(); return true;
            case ElectionTimeout: ResetElectionTimer(); return true;
            default: return false;
        }
    }

    /// <summary>The term and the vote for itself are durable: now they may count and be told.</summary>
    private void AskForVotes(Candidacy candidacy)
    {
        if (_role != RaftRole.Candidate || _term != candidacy.Term) return;
        candidacy.IsAsking = true;
        candidacy.Votes.Grant(Id);
        var request = new RequestVote(_cluster, Id, _term, _log.LastIndex, _log.LastTerm, candidacy.IsTransfer) { Journal = Stamp };
        foreach (var peer in Others) _peers[peer].Tell(request);
        DecideElection(candidacy);
    }

    private void DecideElection(Candidacy candidacy)
    {
        if (candidacy.Votes.Outcome == Election.Won)
            BecomeLeader($"{candidacy.Votes.Granted} of {candidacy.Votes.Voters} votes");
    }

    private void CountElection(Candidacy candidacy, Leaving leaving)
    {
        if (leaving == Leaving.Role) _telemetry.ElectionOver(candidacy.Outcome);
    }

    /// <summary>What a candidate knows of its election.</summary>
    private sealed class Candidacy(Term term, VoteTally votes, bool isTransfer)
    {
        public Term Term { get; } = term;

        public VoteTally Votes { get; } = votes;

        /// <summary>Whether the leader of the term before asked for this election.</summary>
        public bool IsTransfer { get; } = isTransfer;

        /// <summary>Whether the votes were asked for: not before the candidate's own is durable.</summary>
        public bool IsAsking { get; set; }

        /// <summary>Whether the time is over in which somebody could win.</summary>
        public bool IsTimeUp { get; set; }

        /// <summary>How it ended. Who neither won nor waited to the end was beaten by another, or by a newer term.</summary>
        public Election Outcome => Votes.Outcome == Election.Won ? Election.Won : IsTimeUp ? Election.Undecided : Election.Lost;
    }
}
