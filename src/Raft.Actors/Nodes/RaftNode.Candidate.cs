using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Nodes;

/// <summary>
/// A node that hears no leader asks for pre-votes (dissertation §9.6), and as a candidate for votes in a new term (Raft §5.2).
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// No leader was heard, or an election had no outcome. A node whose disk stands still could not vote for itself, and one that
    /// is not readmitted must not: it waits.
    /// </summary>
    private void OnElectionTimeout()
    {
        if (_members.AwaitsReadmission) WaitForLeader(why: null);
        else if (!_settings.IsPreVoteOn) BecomeCandidate();
        else if (_journal.IsStalled) WaitForLeader(Role == RaftRole.Follower ? null : "its disk stands still");
        else BeginPreElection();
    }

    private void WaitForLeader(string? why)
    {
        ResetElectionTimer();
        BecomeFollower(leader: null, why);
    }

    /// <summary>
    /// Pre-vote (dissertation §9.6): a follower that hears no leader asks the others whether they would elect it, before it
    /// raises its term. So a node that was cut off or slow comes back without deposing anybody.
    /// </summary>
    private void BeginPreElection()
    {
        if (_leader is { } lost) Log.Info("{Node} term {Term}: hears nothing of its leader {Leader}", Id, _term.Value, lost);
        ResetElectionTimer();
        var election = new PreElection(_numbers.Next(), new VoteTally(_members.Voters));
        var behaviour = new RoleBehaviour(RaftRole.Follower, InRole(message => AskingForPreVotes(election, message)))
        {
            Leave = _ => election.IsOver = true,
        };
        Enter(behaviour, leader: null, Role == RaftRole.Follower ? null : "the election had no outcome");
        _journal.WhenTermDurable(() => AskForPreVotes(election));
        election.Votes.Grant(Id);
        DecidePreElection(election);
    }

    private void AskForPreVotes(PreElection election)
    {
        if (election.IsOver) return;
        var request = new RequestPreVote(Cluster, Id, _term, election.Attempt, _log.LastIndex, _log.LastTerm) { Journal = Stamp };
        foreach (var peer in Others) _peers[peer].Tell(request);
    }

    private bool AskingForPreVotes(PreElection election, object message)
    {
        switch (message)
        {
            case PreVoteGranted vote when vote.Attempt == election.Attempt && _members.Counts(vote):
                election.Votes.Grant(vote.From);
                DecidePreElection(election);
                return true;
            case PreVoteDenied vote when vote.Attempt == election.Attempt:
                election.Votes.Deny(vote.From);
                return true;
            case AppendEntries or InstallSnapshot when ((RaftRpc)message).Term == _term:
                BecomeFollower(leader: null, why: null);
                _current.Receive(message);
                return true;
            case ElectionTimeout: OnElectionTimeout(); return true;
            default: return false;
        }
    }

    private void DecidePreElection(PreElection election)
    {
        if (election.Votes.Outcome == Election.Won) BecomeCandidate();
    }

    /// <param name="isTransfer">Whether the leader itself asked for it.</param>
    private void BecomeCandidate(bool isTransfer = false)
    {
        StartTerm(_term.Next(), votedFor: Id);
        ResetElectionTimer();
        var candidacy = new Candidacy(_term, new VoteTally(_members.Voters), isTransfer);
        var behaviour = new RoleBehaviour(RaftRole.Candidate, InRole(message => Campaigning(candidacy, message)))
        {
            Leave = leaving => CountElection(candidacy, leaving),
        };
        Enter(
            behaviour,
            leader: null,
            isTransfer ? "its leader hands over"
            : Role == RaftRole.Candidate ? "the election had no outcome"
            : "no leader was heard");
        _journal.WhenDurable(() => AskForVotes(candidacy));
    }

    private bool Campaigning(Candidacy candidacy, object message)
    {
        candidacy.IsTimeUp = message is ElectionTimeout;
        switch (message)
        {
            case VoteGranted vote when vote.Term == _term && _members.Counts(vote):
                candidacy.Votes.Grant(vote.From);
                DecideElection(candidacy);
                return true;
            case VoteDenied vote when vote.Term == _term:
                candidacy.Votes.Deny(vote.From);
                return true;
            case AppendEntries or InstallSnapshot when message is RaftRpc rpc && rpc.Term == _term:
                BecomeFollower(rpc.From, $"{rpc.From} leads");
                _current.Receive(message);
                return true;
            case ElectionTimeout when candidacy.IsAsking: OnElectionTimeout(); return true;
            case ElectionTimeout: ResetElectionTimer(); return true;
            default: return false;
        }
    }

    /// <summary>The term and the vote for itself are durable: now they may count and be told.</summary>
    private void AskForVotes(Candidacy candidacy)
    {
        if (Role != RaftRole.Candidate || _term != candidacy.Term) return;
        candidacy.IsAsking = true;
        candidacy.Votes.Grant(Id);
        var request = new RequestVote(Cluster, Id, _term, _log.LastIndex, _log.LastTerm, candidacy.IsTransfer)
        {
            Journal = Stamp,
        };
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

    /// <summary>What a node knows of the election that it might begin.</summary>
    private sealed class PreElection(long attempt, VoteTally votes)
    {
        public long Attempt { get; } = attempt;

        public VoteTally Votes { get; } = votes;

        /// <summary>Whether the node does something else by now.</summary>
        public bool IsOver { get; set; }
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
