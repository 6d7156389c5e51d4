using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>What a node does for those that want to lead, in whatever role it is itself: terms, votes and pre-votes.</summary>
internal sealed partial class RaftNode
{
    /// <summary>When a message of the leader was handled last, on this node's clock; a start counts, too.</summary>
    private TimeSpan _leaderHeardAt;

    /// <summary>
    /// Whether this node leads or heard its leader within the shortest election timeout: then it helps nobody to depose it
    /// (dissertation §4.2.3, §9.6). After a start it can't know whom it heard, and waits for as long.
    /// </summary>
    private bool HearsLeader => _settings.IsPreVoteOn
        && (_role == RaftRole.Leader || Now - _leaderHeardAt < _settings.ElectionTimeoutMin);

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
        if (_role != RaftRole.Follower) ResetElectionTimer();
        BecomeFollower(leader: null, _role == RaftRole.Follower ? null : $"{rpc.From} is in term {rpc.Term}");
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
            : _awaitsReadmission ? VoteDenial.AwaitsReadmission
            : !_log.IsNoNewerThan(request.LastLogIndex, request.LastLogTerm) ? VoteDenial.LogNotUpToDate
            : null;
        if (denial is { } reason)
        {
            SendWhenDurable(Sender, new VoteDenied(_cluster, Id, _term, reason));
            return;
        }

        if (_votedFor is null) StartTerm(_term, request.From);
        ResetElectionTimer();

        // Who votes for another wants no pre-votes for itself any more.
        if (_role == RaftRole.Follower) BecomeFollower(_leader, why: null);
        SendWhenDurable(Sender, new VoteGranted(_cluster, Id, _term));
    }

    /// <summary>Says whether this node would vote, by the rules of a vote. It binds nobody, so nothing is written.</summary>
    private void OnRequestPreVote(RequestPreVote request)
    {
        VoteDenial? denial =
            request.Term < _term ? VoteDenial.StaleTerm
            : HearsLeader ? VoteDenial.LeaderIsKnown
            : _awaitsReadmission ? VoteDenial.AwaitsReadmission
            : !_log.IsNoNewerThan(request.LastLogIndex, request.LastLogTerm) ? VoteDenial.LogNotUpToDate
            : null;
        SendWhenTermDurable(Sender, denial is { } reason
            ? new PreVoteDenied(_cluster, Id, _term, request.Attempt, reason)
            : new PreVoteGranted(_cluster, Id, _term, request.Attempt));
    }
}
