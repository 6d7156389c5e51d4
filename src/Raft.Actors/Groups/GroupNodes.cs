using System.Collections.Concurrent;
using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Membership;
using Raft.Actors.Monitoring;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>Reaches the nodes of a group, and other actors of their processes.</summary>
internal sealed class GroupNodes(ExtendedActorSystem system, GroupId group, NodeDirectory directory, OwnCluster cluster)
{
    private readonly ConcurrentDictionary<NodeId, TimeSpan> _heard = new();

    /// <summary>The cluster that receives this process's requests.</summary>
    public OwnCluster Cluster => cluster;

    private TimeSpan Now => system.Scheduler.MonotonicClock;

    /// <summary>All nodes, ordered by name.</summary>
    public IEnumerable<IActorRef> All => directory.Known.Select(Reference);

    /// <summary>Returns all nodes except one, ordered by name.</summary>
    public IEnumerable<IActorRef> Others(NodeId self) => directory.Known.Where(m => m.Id != self).Select(Reference);

    /// <summary>Returns whether a node has a known address.</summary>
    public bool IsKnown(NodeId node) => directory.Find(node) is not null;

    /// <summary>Asks a node by its name.</summary>
    /// <typeparam name="T">The expected answer.</typeparam>
    /// <exception cref="RaftGroupException">The node is unknown, silent or down, or it refused.</exception>
    public Task<T> AskAsync<T>(NodeId node, object message, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class =>
        directory.Find(node) is { } member
            ? AskAsync<T>(Reference(member), node, message, timeout, cancellationToken)
            : throw Unknown(node);

    /// <summary>Asks an actor of a node's process.</summary>
    /// <typeparam name="T">The expected answer.</typeparam>
    /// <exception cref="RaftGroupException">The node is silent or down, or it refused.</exception>
    public static async Task<T> AskAsync<T>(
        IActorRef actor, NodeId node, object message, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await actor.Ask<object>(message, timeout, cancellationToken).ConfigureAwait(false) switch
            {
                T answer => answer,
                NodeDown down => throw new NodeDownException(down),
                TransferRefused refused => throw new TransferRefusedException(refused.Refusal, refused.Reason),
                SnapshotRefused refused => throw new SnapshotRefusedException(refused.Reason),
                _ => throw new NoAnswerException($"{node} gave an answer that this version does not know."),
            };
        }
        catch (AskTimeoutException)
        {
            throw new NoAnswerException(
                $"{node} did not answer within {timeout.TotalSeconds} s: it is starting, cut off, or has too much to do. "
                + "Try again.");
        }
    }

    /// <summary>Queries all nodes for their status, at the same time.</summary>
    public async Task<IReadOnlyList<NodeView>> AskAllAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.WhenAll(directory.Known.Select(m => AskAsync(m, timeout, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Returns the diagnostics actor of a node's process.</summary>
    /// <exception cref="NoSuchNodeException">This process knows no address of the node.</exception>
    public IActorRef DiagnosticsActor(NodeId node) => DiagnosticsActorOf(directory.Find(node) ?? throw Unknown(node));

    /// <summary>Returns the diagnostics actors of all nodes' processes except one.</summary>
    public IEnumerable<(NodeId Node, IActorRef DiagnosticsActor)> DiagnosticsActorsBut(NodeId self) =>
        directory.Known.Where(m => m.Id != self).Select(m => (m.Id, DiagnosticsActorOf(m)));

    /// <summary>Diagnoses all nodes' processes, at the same time. The result lacks those that do not answer.</summary>
    public async Task<IReadOnlyList<NodeDiagnostics>> DiagnoseAllAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = directory.Known.Select(m => DiagnoseAsync(DiagnosticsActorOf(m), timeout, cancellationToken));
        return [.. (await Task.WhenAll(answers).ConfigureAwait(false)).OfType<NodeDiagnostics>()];
    }

    /// <summary>Queries all nodes and returns as soon as the leader is certain.</summary>
    /// <exception cref="NoAnswerException">No node leads; the message has the answer of each node.</exception>
    public async Task<NodeStatus> FindLeaderAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var seen = new List<NodeView>();
        var answers = directory.Known.Select(m => AskAsync(m, timeout, cancellationToken));
        await foreach (var answer in Task.WhenEach(answers).ConfigureAwait(false))
        {
            seen.Add(await answer.ConfigureAwait(false));
            if (ClusterView.FindLeader(seen, cluster.Id) is not { } leader) continue;
            cluster.Learn(leader.ClusterId);
            return leader;
        }

        throw new NoAnswerException(ClusterView.DescribeMissingLeader(seen));
    }

    private NoSuchNodeException Unknown(NodeId node)
    {
        var names = string.Join(", ", directory.Known.Select(m => m.Id));
        var known = names.Length > 0 ? $"Known are {names}." : "None is known.";
        return new NoSuchNodeException($"No address is known of a node {node}. {known}");
    }

    private static async Task<NodeDiagnostics?> DiagnoseAsync(
        IActorRef diagnostics, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await diagnostics.Ask<object>(GetDiagnostics.Instance, timeout, cancellationToken).ConfigureAwait(false)
                as NodeDiagnostics;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<NodeView> AskAsync(RaftMember member, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seen = new NodeView(new MemberStatus(member.Id, member.Address), Status: null, Down: null);
        try
        {
            var node = Reference(member);
            var answer = await node.Ask<object>(GetStatus.Instance, timeout, cancellationToken).ConfigureAwait(false);
            _heard[member.Id] = Now;
            return seen with { Status = answer as NodeStatus, Down = answer as NodeDown, LastHeard = TimeSpan.Zero };
        }
        catch (AskTimeoutException)
        {
            return seen with { LastHeard = _heard.TryGetValue(member.Id, out var at) ? Now - at : null };
        }
    }

    /// <summary>Returns the link keeper of a node's process.</summary>
    public IActorRef LinkKeeper(RaftMember node) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, Links.LinkKeeper.NameOf(group), node));

    private IActorRef DiagnosticsActorOf(RaftMember member) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, Groups.DiagnosticsActor.NameOf(group), member));

    /// <summary>Akka.Remote resolves this process's own address to a local reference.</summary>
    private IActorRef Reference(RaftMember member) =>
        system.Provider.ResolveActorRef(RaftNodeSupervisor.PathOf(system, group, member));
}
