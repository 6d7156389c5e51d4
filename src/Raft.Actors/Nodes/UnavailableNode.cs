using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Answers for a node that takes no part in its group: it is down, has no cluster yet, or is of another one than was meant.
/// </summary>
internal static class UnavailableNode
{
    /// <param name="message">What was asked.</param>
    /// <param name="asker">Who asked.</param>
    /// <param name="self">Who answers.</param>
    /// <param name="node">The node.</param>
    /// <param name="why">Why it takes no part, as a clause.</param>
    /// <param name="isHalted">Whether that stays so until a person does something.</param>
    public static void Answer(object message, IActorRef asker, IActorRef self, NodeId node, string why, bool isHalted = false)
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
        if (answer is not null) asker.Tell(answer, self);
    }

    private static ClientReplies Redirect(IEnumerable<long> requestIds) =>
        new([.. requestIds.Select(id => new NotLeader(id))]);
}
