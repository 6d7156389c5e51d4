using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Durability;

/// <summary>
/// A message that promises something is sent only when the data behind it is on disk (Raft §5.2, Figure 2): the term of every
/// message except those that say only "outdated" or "refused", the vote, and the acknowledged entries. A node whose disk is in
/// a later term is bound by no promise of an earlier term: it can neither vote nor accept entries in that term again, and a
/// newer leader may have removed the entries that it had accepted.
/// </summary>
internal sealed class DurablePromises : Check
{
    /// <inheritdoc/>
    public override string Name => "durable promises";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, Figure 2, hazards 2 and 21";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is AppendOutdated or RpcRefused) return;
        Examine();
        var disk = sender.Disk;
        if (disk.Term < rpc.Term)
            throw Violated(
                $"the disk of {sender} is in term {disk.Term}", $"{sender} sent {rpc.GetType().Name} of term {rpc.Term}");
        switch (rpc)
        {
            case VoteGranted: CompareVote(sender, rpc, receiver, isOverLater: true); break;
            case RequestVote: CompareVote(sender, rpc, sender.Id, isOverLater: false); break;
            case AppendAccepted accepted when disk.Term == rpc.Term: CompareLog(cluster, sender, receiver, accepted); break;
        }
    }

    private void CompareVote(NodeView voter, RaftRpc rpc, NodeId candidate, bool isOverLater)
    {
        if (voter.Disk.Votes.TryGetValue(rpc.Term, out var vote))
        {
            if (vote == candidate) return;
            throw Violated(
                $"the disk of {voter} has a vote for {vote} in term {rpc.Term}",
                $"{voter} sent {rpc.GetType().Name} based on a vote for {candidate}");
        }

        if (isOverLater && voter.Disk.Term > rpc.Term) return;
        throw Violated(
            $"the disk of {voter} has no vote of term {rpc.Term}",
            $"{voter} sent {rpc.GetType().Name} based on a vote for {candidate}");
    }

    private void CompareLog(ClusterView cluster, NodeView follower, NodeId leaderId, AppendAccepted accepted)
    {
        var term = follower.Disk.Log.TermAt(accepted.MatchIndex);
        if (term is null)
            throw Violated(
                $"the log on the disk of {follower} ends at {follower.Disk.Log.LastIndex}",
                $"{follower} accepted entries up to {accepted.MatchIndex} from {leaderId} in term {accepted.Term}");

        var leader = cluster[leaderId];
        if (leader.State is not { IsRunning: true, Role: RaftRole.Leader } || leader.State.Term != accepted.Term) return;
        if (leader.Log.TermAt(accepted.MatchIndex) != term)
            throw Violated(
                $"entry {accepted.MatchIndex} on the disk of {follower} is of term {term}",
                $"{follower} accepted entries up to it from {leaderId}, whose entry is of term "
                + $"{leader.Log.TermAt(accepted.MatchIndex)?.ToString() ?? "none"}");
    }
}
