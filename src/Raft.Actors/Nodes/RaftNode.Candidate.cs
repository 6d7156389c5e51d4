using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Nodes;

/// <summary>A node that hears no leader requests pre-votes (dissertation §9.6), then votes in a new term (Raft §5.2).</summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// Starts an election, unless the node must not win it: with a stalled disk it could not persist its own vote, and before its
    /// readmission it must not vote. In both cases it keeps waiting for a leader.
    /// </summary>
    private void OnElectionTimeout()
    {
        if (_members.AwaitsReadmission) WaitForLeader(why: null);
        else if (!_settings.IsPreVoteOn) BecomeCandidate();
        else if (_journal.IsStalled) WaitForLeader(Role == RaftRole.Follower ? null : "its disk is stalled");
        else BeginPreElection();
    }

    private void WaitForLeader(string? why)
    {
        ResetElectionTimer();
        BecomeFollower(leader: null, why);
    }

    /// <summary>
    /// Pre-vote (dissertation §9.6): before it raises its term, a follower that hears no leader checks whether the other nodes
    /// would vote for it. So a node that was partitioned or slow does not depose a leader when it returns.
    /// </summary>
    private void BeginPreElection()
    {
        if (_leader is { } lost)
            Log.Info("{Node} term {Term}: has heard nothing from its leader {Leader}", Id, _term.Value, lost);
        ResetElectionTimer();
        var election = new PreElection(_numbers.Next(), new VoteTally(_members.Voters));
        var behaviour = new RoleBehaviour(RaftRole.Follower, InRole(message => RequestingPreVotes(election, message)))
        {
            Leave = _ => election.IsOver = true,
        };
        Enter(behaviour, leader: null, Role == RaftRole.Follower ? null : "the election was undecided");
        _journal.WhenTermDurable(() => RequestPreVotes(election));
        election.Votes.Grant(Id);
        DecidePreElection(election);
    }

    private void RequestPreVotes(PreElection election)
    {
        if (election.IsOver) return;
        var request = new RequestPreVote(Cluster, Id, _term, election.Attempt, _log.LastIndex, _log.LastTerm) { Journal = Stamp };
        foreach (var peer in Others) _peers[peer].Tell(request);
    }

    private bool RequestingPreVotes(PreElection election, object message)
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

    /// <param name="isTransfer">Whether the leader requested the election with <see cref="TimeoutNow"/>.</param>
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
            isTransfer ? "its leader transfers the leadership"
            : Role == RaftRole.Candidate ? "the election was undecided"
            : "no leader was heard");
        _journal.WhenDurable(() => RequestVotes(candidacy));
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
            case ElectionTimeout when candidacy.HasRequestedVotes: OnElectionTimeout(); return true;
            case ElectionTimeout: ResetElectionTimer(); return true;
            default: return false;
        }
    }

    /// <summary>The term and the node's own vote are durable: now the vote counts, and the node may request others.</summary>
    private void RequestVotes(Candidacy candidacy)
    {
        if (Role != RaftRole.Candidate || _term != candidacy.Term) return;
        candidacy.HasRequestedVotes = true;
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

    /// <summary>The state of a pre-election.</summary>
    private sealed class PreElection(long attempt, VoteTally votes)
    {
        public long Attempt { get; } = attempt;

        public VoteTally Votes { get; } = votes;

        /// <summary>Whether the node has left the pre-election.</summary>
        public bool IsOver { get; set; }
    }

    /// <summary>The state of a candidate's election.</summary>
    private sealed class Candidacy(Term term, VoteTally votes, bool isTransfer)
    {
        public Term Term { get; } = term;

        public VoteTally Votes { get; } = votes;

        /// <summary>Whether the previous term's leader requested this election.</summary>
        public bool IsTransfer { get; } = isTransfer;

        /// <summary>Whether votes were requested, which waits until the candidate's own vote is durable.</summary>
        public bool HasRequestedVotes { get; set; }

        /// <summary>Whether the election timeout has elapsed.</summary>
        public bool IsTimeUp { get; set; }

        /// <summary>
        /// The outcome. A candidate that neither won nor timed out lost to another candidate or to a newer term.
        /// </summary>
        public Election Outcome => Votes.Outcome == Election.Won ? Election.Won : IsTimeUp ? Election.Undecided : Election.Lost;
    }
}
