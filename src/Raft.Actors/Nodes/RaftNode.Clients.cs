using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>What a node in any role says to clients (Raft §8): who leads, and that it is not the one they mean.</summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// A request that names another cluster came through a wrong address: it is refused, as by a node that takes no part.
    /// </summary>
    private bool IsForAnotherCluster(object message)
    {
        if (message is not IClusterRequest { Cluster: { } wanted } || wanted == _cluster) return false;
        WarnOnce(
            $"A {message.GetType().Name} for cluster {wanted} from {Sender.Path.Address} was refused by {Id} of cluster {_cluster}: "
            + "a list of addresses or seed nodes there names this node.");
        Absence.Answer(message, Sender, Context.Parent, Id, $"it is of cluster {_cluster}, and the request is for cluster {wanted}");
        return true;
    }

    private LeaderIs WhoLeads() =>
        new(_leader == Id, LeaderPath(), _term) { Cluster = _cluster, Voters = _voters.Length };

    private void Redirect(IEnumerable<long> requestIds) =>
        Answer(new ClientReplies([.. requestIds.Select(id => new NotLeader(id))]));

    /// <summary>
    /// Answers a client in the supervisor's name: that reference stays good when this node fails and starts again, and who
    /// sends to it meanwhile gets an answer.
    /// </summary>
    private void Answer(object reply) => Sender.Tell(reply, Context.Parent);

    private string? LeaderPath() =>
        _leader is { } leader && leader != Id && _peers[leader] is var node && !node.IsNobody()
            ? node.Path.ToSerializationFormat()
            : null;
}
