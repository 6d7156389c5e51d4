using Akka.Actor;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>The nodes of a group as they are reached from this process.</summary>
internal sealed class GroupNodes(ExtendedActorSystem system, GroupId group, NodeDirectory directory)
{
    /// <summary>All nodes, by name.</summary>
    public IEnumerable<IActorRef> All => directory.Known.Select(Reference);

    /// <summary>All nodes but one, by name.</summary>
    public IEnumerable<IActorRef> Others(NodeId self) => directory.Known.Where(m => m.Id != self).Select(Reference);

    /// <summary>Asks a node by its name.</summary>
    /// <returns>What was asked for, or the other answer that is possible.</returns>
    /// <exception cref="NoSuchNodeException">No address is known of it.</exception>
    /// <exception cref="NoAnswerException">It did not answer in time.</exception>
    public Task<(T? Answer, TOther? Other)> AskAsync<T, TOther>(NodeId node, object message, TimeSpan timeout)
        where T : class
        where TOther : class =>
        directory.Find(node) is { } member
            ? AskAsync<T, TOther>(Reference(member), node, message, timeout)
            : throw new NoSuchNodeException($"No address is known of a node {node}. {KnownNodes}");

    /// <summary>Asks a node.</summary>
    /// <returns>What was asked for, or the other answer that is possible.</returns>
    /// <exception cref="NoAnswerException">It did not answer in time.</exception>
    public static async Task<(T? Answer, TOther? Other)> AskAsync<T, TOther>(
        IActorRef node, NodeId name, object message, TimeSpan timeout)
        where T : class
        where TOther : class
    {
        try
        {
            var answer = await node.Ask<object>(message, timeout).ConfigureAwait(false);
            return (answer as T, answer as TOther);
        }
        catch (AskTimeoutException)
        {
            throw new NoAnswerException(
                $"{name} did not answer within {timeout.TotalSeconds} s: it is starting, cut off, or has too much to do. Try again.");
        }
    }

    /// <summary>Asks all nodes for their status, at the same time.</summary>
    public async Task<IReadOnlyList<NodeSight>> AskAllAsync(TimeSpan timeout) =>
        await Task.WhenAll(directory.Known.Select(m => AskAsync(m, timeout))).ConfigureAwait(false);

    /// <summary>Asks all nodes and returns as soon as it is certain who leads.</summary>
    /// <exception cref="NoAnswerException">Nobody leads; the message says what each node said.</exception>
    public async Task<NodeStatus> FindLeaderAsync(TimeSpan timeout)
    {
        var seen = new List<NodeSight>();
        await foreach (var answer in Task.WhenEach(directory.Known.Select(m => AskAsync(m, timeout))).ConfigureAwait(false))
        {
            seen.Add(await answer.ConfigureAwait(false));
            if (Sights.Leader(seen) is { } leader) return leader;
        }

        throw new NoAnswerException(Sights.WhyNobodyLeads(seen));
    }

    private string KnownNodes => directory.Known is { Count: > 0 } known
        ? $"Known are {string.Join(", ", known.Select(m => m.Id))}."
        : "None is known.";

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
