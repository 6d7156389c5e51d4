using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>What a node does for those that want to lead, in whatever role it is itself: terms, votes and pre-votes.</summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// Whether this node leads or heard its leader within the shortest election timeout: then it helps nobody to depose it
    /// (dissertation §4.2.3, §9.6).
    /// </summary>
    private bool HearsLeader => _settings.IsPreVoteOn
        && (Role == RaftRole.Leader || _election.IsLeaderHeard(Now));

    /// <summary>
    /// Whether a newer term is adopted. That of a pre-vote never is; nor that of a candidate while a leader is heard, unless the
    /// leader itself asked for the election (dissertation §4.2.3, §9.6).
    /// </summary>
    private bool Binds(RaftRpc rpc) => rpc switch
    {
        RequestPreVote => false,
        RequestVote { IsTransfer: false } => !HearsLeader,
        _ => true,
    };

    /// <summary>
    /// A newer term ends every role (Raft §5.1). A follower's timer runs on: only its leader and a vote that it grants reset
    /// it (§5.2), or a candidate whose log is behind could delay the others for ever.
    /// </summary>
    private void AdoptTerm(RaftRpc rpc)
    {
        StartTerm(rpc.Term, votedFor: null);
        if (Role != RaftRole.Follower) ResetElectionTimer();
        BecomeFollower(leader: null, Role == RaftRole.Follower ? null : $"{rpc.From} is in term {rpc.Term}");
    }

    /// <summary>
    /// One vote per term, to a candidate whose log is up to date (Raft §5.2, §5.4.1), and none against a leader that is heard
    /// (dissertation §4.2.3).
    /// </summary>
    private void OnRequestVote(RequestVote request)
    {
        VoteDenial? denial =
            request.Term < _term ? VoteDenial.StaleTerm
            : request.Term > _term || (!request.IsTransfer && HearsLeader) ? VoteDenial.LeaderIsKnown
            : _votedFor is { } other && other != request.From ? VoteDenial.AlreadyVoted
            : _members.AwaitsReadmission ? VoteDenial.AwaitsReadmission
            : !_log.IsNoNewerThan(request.LastLogIndex, request.LastLogTerm) ? VoteDenial.LogNotUpToDate
            : null;
        if (denial is { } reason)
        {
            SendWhenDurable(Sender, new VoteDenied(Cluster, Id, _term, reason));
            return;
        }

        if (_votedFor is null) StartTerm(_term, request.From);
        ResetElectionTimer();

        // Who votes for another wants no pre-votes for itself any more.
        if (Role == RaftRole.Follower) BecomeFollower(_leader, why: null);
        SendWhenDurable(Sender, new VoteGranted(Cluster, Id, _term));
    }

    /// <summary>Says whether this node would vote, by the rules of a vote. It binds nobody, so nothing is written.</summary>
    private void OnRequestPreVote(RequestPreVote request)
    {
        VoteDenial? denial =
            request.Term < _term ? VoteDenial.StaleTerm
            : HearsLeader ? VoteDenial.LeaderIsKnown
            : _members.AwaitsReadmission ? VoteDenial.AwaitsReadmission
            : !_log.IsNoNewerThan(request.LastLogIndex, request.LastLogTerm) ? VoteDenial.LogNotUpToDate
            : null;
        SendWhenTermDurable(Sender, denial is { } reason
            ? new PreVoteDenied(Cluster, Id, _term, request.Attempt, reason)
            : new PreVoteGranted(Cluster, Id, _term, request.Attempt));
    }
}
