using System.Collections.Concurrent;
using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Membership;
using Raft.Actors.Monitoring;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>The nodes of a group as they are reached from this process.</summary>
internal sealed class GroupNodes(ExtendedActorSystem system, GroupId group, NodeDirectory directory, OwnCluster cluster)
{
    private readonly ConcurrentDictionary<NodeId, TimeSpan> _heard = new();

    /// <summary>The cluster that this process's requests are for.</summary>
    public OwnCluster Cluster => cluster;

    private TimeSpan Now => system.Scheduler.MonotonicClock;

    /// <summary>All nodes, by name.</summary>
    public IEnumerable<IActorRef> All => directory.Known.Select(Reference);

    /// <summary>All nodes but one, by name.</summary>
    public IEnumerable<IActorRef> Others(NodeId self) => directory.Known.Where(m => m.Id != self).Select(Reference);

    /// <summary>Whether an address is known of a node.</summary>
    public bool IsKnown(NodeId node) => directory.Find(node) is not null;

    /// <summary>Asks a node by its name.</summary>
    /// <returns>What was asked for, or the other answer that is possible.</returns>
    /// <exception cref="NoSuchNodeException">No address is known of it.</exception>
    /// <exception cref="NoAnswerException">It did not answer in time.</exception>
    public Task<(T? Answer, TOther? Other)> AskAsync<T, TOther>(NodeId node, object message, TimeSpan timeout)
        where T : class
        where TOther : class =>
        directory.Find(node) is { } member
            ? AskAsync<T, TOther>(Reference(member), node, message, timeout)
            : throw Unknown(node);

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
    public async Task<IReadOnlyList<NodeView>> AskAllAsync(TimeSpan timeout) =>
        await Task.WhenAll(directory.Known.Select(m => AskAsync(m, timeout))).ConfigureAwait(false);

    /// <summary>The examiner of a node's process.</summary>
    /// <exception cref="NoSuchNodeException">No address is known of it.</exception>
    public IActorRef DiagnosticsActor(NodeId node) => DiagnosticsActorOf(directory.Find(node) ?? throw Unknown(node));

    /// <summary>The examiners of all nodes' processes but one's.</summary>
    public IEnumerable<(NodeId Node, IActorRef DiagnosticsActor)> DiagnosticsActorsBut(NodeId self) =>
        directory.Known.Where(m => m.Id != self).Select(m => (m.Id, DiagnosticsActorOf(m)));

    /// <summary>Has all nodes' processes examined, at the same time; who does not answer is left out.</summary>
    public async Task<IReadOnlyList<NodeDiagnostics>> DiagnoseAllAsync(TimeSpan timeout)
    {
        var answers = await Task.WhenAll(directory.Known.Select(m => DiagnoseAsync(DiagnosticsActorOf(m), timeout))).ConfigureAwait(false);
        return [.. answers.OfType<NodeDiagnostics>()];
    }

    /// <summary>Asks all nodes and returns as soon as it is certain who leads.</summary>
    /// <exception cref="NoAnswerException">Nobody leads; the message says what each node said.</exception>
    public async Task<NodeStatus> FindLeaderAsync(TimeSpan timeout)
    {
        var seen = new List<NodeView>();
        await foreach (var answer in Task.WhenEach(directory.Known.Select(m => AskAsync(m, timeout))).ConfigureAwait(false))
        {
            seen.Add(await answer.ConfigureAwait(false));
            if (ClusterView.Leader(seen, cluster.Id) is not { } leader) continue;
            cluster.Learn(leader.ClusterId);
            return leader;
        }

        throw new NoAnswerException(ClusterView.WhyNobodyLeads(seen));
    }

    private NoSuchNodeException Unknown(NodeId node)
    {
        var known = directory.Known.Count > 0 ? $"Known are {string.Join(", ", directory.Known.Select(m => m.Id))}." : "None is known.";
        return new NoSuchNodeException($"No address is known of a node {node}. {known}");
    }

    private static async Task<NodeDiagnostics?> DiagnoseAsync(IActorRef examiner, TimeSpan timeout)
    {
        try
        {
            return await examiner.Ask<object>(GetDiagnostics.Instance, timeout).ConfigureAwait(false) as NodeDiagnostics;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<NodeView> AskAsync(RaftMember member, TimeSpan timeout)
    {
        var seen = new NodeView(new MemberStatus(member.Id, member.Address), Status: null, Down: null);
        try
        {
            var answer = await Reference(member).Ask<object>(GetStatus.Instance, timeout).ConfigureAwait(false);
            _heard[member.Id] = Now;
            return seen with { Status = answer as NodeStatus, Down = answer as NodeDown, LastHeard = TimeSpan.Zero };
        }
        catch (AskTimeoutException)
        {
            return seen with { LastHeard = _heard.TryGetValue(member.Id, out var at) ? Now - at : null };
        }
    }

    /// <summary>The link keeper of a node's process.</summary>
    public IActorRef LinkKeeper(RaftMember node) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, Links.LinkKeeper.NameOf(group), node));

    private IActorRef DiagnosticsActorOf(RaftMember member) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, Groups.DiagnosticsActor.NameOf(group), member));

    /// <summary>Akka.Remote makes a local reference of this process's own address.</summary>
    private IActorRef Reference(RaftMember member) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, group, member));
}
