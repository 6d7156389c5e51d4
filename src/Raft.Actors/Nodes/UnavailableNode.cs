using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Answers requests for an unavailable node: it is down, has no cluster yet, or belongs to another cluster than the request.
/// </summary>
internal static class UnavailableNode
{
    /// <param name="message">The request.</param>
    /// <param name="requester">The sender of the request.</param>
    /// <param name="self">The sender of the answer.</param>
    /// <param name="node">The node.</param>
    /// <param name="why">Why the node is unavailable, as a clause.</param>
    /// <param name="isHalted">Whether the node stays unavailable until an operator acts.</param>
    public static void Answer(object message, IActorRef requester, IActorRef self, NodeId node, string why, bool isHalted = false)
    {
        object? answer = message switch
        {
            FindLeader => new LeaderIs(IsSelf: false, Path: null, Term.Zero),
            Propose propose => Redirect(propose.Proposals.Select(p => p.RequestId)),
            ClientQuery query => Redirect(query.Queries.Select(q => q.RequestId)),
            TransferLeadership => new TransferRefused(TransferRefusal.NoLeader, $"{node} is unavailable: {why}."),
            TakeSnapshot => new SnapshotRefused($"{node} is unavailable: {why}."),
            RaftRpc or BootstrapMessage => null,
            _ => new NodeDown(node, why, isHalted),
        };
        if (answer is not null) requester.Tell(answer, self);
    }

    private static ClientReplies Redirect(IEnumerable<long> requestIds) =>
        new([.. requestIds.Select(id => new NotLeader(id))]);
}
