using Akka.Actor;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>The nodes of a group as they are reached from this process.</summary>
internal sealed class GroupNodes(ExtendedActorSystem system, GroupId group, NodeDirectory directory)
{
    /// <summary>All nodes but one, by name.</summary>
    public IEnumerable<IActorRef> Others(NodeId? self) => directory.Known.Where(m => m.Id != self).Select(Reference);

    /// <summary>Asks all nodes for their status, at the same time.</summary>
    public async Task<IReadOnlyList<NodeSight>> AskAllAsync(TimeSpan timeout) =>
        await Task.WhenAll(directory.Known.Select(m => AskAsync(m, timeout))).ConfigureAwait(false);

    private async Task<NodeSight> AskAsync(Member member, TimeSpan timeout)
    {
        var seen = new NodeSight(new MemberStatus(member.Id, member.Address), Status: null, Down: null);
        try
        {
            var answer = await Reference(member).Ask<object>(GetStatus.Instance, timeout).ConfigureAwait(false);
            return seen with { Status = answer as NodeStatus, Down = answer as NodeDown };
        }
        catch (AskTimeoutException)
        {
            return seen;
        }
    }

    /// <summary>Akka.Remote makes a local reference of this process's own address.</summary>
    private IActorRef Reference(Member member) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, group, member));
}
