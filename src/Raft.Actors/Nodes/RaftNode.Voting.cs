using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Terms, votes and pre-votes, which a node handles the same way in every role.</summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// Leader stickiness (dissertation §4.2.3, §9.6): whether this node leads or has heard its leader within the shortest
    /// election timeout. Then it does not help to depose that leader.
    /// </summary>
    private bool HearsLeader => _settings.IsPreVoteOn
        && (Role == RaftRole.Leader || _election.IsLeaderHeard(Now));

    /// <summary>
    /// Whether this node adopts a newer term. It ignores the term of a pre-vote, and that of a candidate while it hears a leader,
    /// unless the leader itself requested the election (dissertation §4.2.3, §9.6).
    /// </summary>
    private bool Binds(RaftRpc rpc) => rpc switch
    {
        RequestPreVote => false,
        RequestVote { IsTransfer: false } => !HearsLeader,
        _ => true,
    };

    /// <summary>
    /// A newer term ends every role (Raft §5.1). A follower's election timer runs on: only its leader and a vote that it grants
    /// reset it (§5.2). Otherwise a candidate with an outdated log could delay the election of others forever.
    /// </summary>
    private void AdoptTerm(RaftRpc rpc)
    {
        StartTerm(rpc.Term, votedFor: null);
        if (Role != RaftRole.Follower) ResetElectionTimer();
        BecomeFollower(leader: null, Role == RaftRole.Follower ? null : $"{rpc.From} is in term {rpc.Term}");
    }

    /// <summary>
    /// Grants one vote per term, to a candidate whose log is up to date (Raft §5.2, §5.4.1), and none while a leader is heard
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

        // A node that voted for another ends its own pre-election.
        if (Role == RaftRole.Follower) BecomeFollower(_leader, why: null);
        SendWhenDurable(Sender, new VoteGranted(Cluster, Id, _term));
    }

    /// <summary>Whether this node would grant a vote. The answer does not bind the node, so nothing is written.</summary>
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
