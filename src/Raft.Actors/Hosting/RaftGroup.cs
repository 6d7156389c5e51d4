using Akka;
using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Hosting;

/// <summary>This process's node of one Raft group.</summary>
/// <example>
/// <code>
/// var config = application.WithFallback(RaftConfig.Reference);
/// var system = ActorSystem.Create("raft", config);
/// var group = RaftGroup.Start(system, new RaftSettings(system.Settings.Config), () =&gt; new KeyValueStore());
/// await using var client = group.CreateClient();
/// </code>
/// </example>
public sealed class RaftGroup
{
    private readonly ActorSystem _system;
    private readonly GroupNodes _nodes;

    private RaftGroup(ActorSystem system, RaftSettings settings, NodeDirectory directory, IActorRef node)
    {
        _system = system;
        _nodes = new GroupNodes((ExtendedActorSystem)system, settings.Group, directory);
        Settings = settings;
        Node = node;
    }

    /// <summary>The node's settings.</summary>
    public RaftSettings Settings { get; }

    /// <summary>The node. The reference stays good when the node fails and starts again.</summary>
    public IActorRef Node { get; }

    /// <summary>Starts the node. It recovers from its journal and then takes part in the group.</summary>
    /// <param name="system">
    /// An ActorSystem with <see cref="RaftConfig.Reference"/> in its configuration, Akka.Remote, and a durable journal.
    /// </param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="stateMachine">Makes an empty state machine; called at each start of the node.</param>
    /// <param name="directory">
    /// Where the other nodes are reached; null for the addresses in <c>raft.members</c>. <see cref="ClusterDirectory"/> fills one
    /// from Akka.Cluster.
    /// </param>
    /// <exception cref="RaftConfigurationException">The journal is in memory, and <c>raft.volatile</c> is off.</exception>
    public static RaftGroup Start(
        ActorSystem system, RaftSettings settings, Func<IStateMachine> stateMachine, NodeDirectory? directory = null)
    {
        RequireDurableJournal(system, settings);
        directory ??= new NodeDirectory(settings.Members);
        var peers = new RemotePeers((ExtendedActorSystem)system, settings.Group, directory);
        var random = new Random();
        var supervisor = RaftNodeSupervisor.Props(
            settings, () => Props.Create(() => new RaftNode(settings, peers, stateMachine, random)));
        var node = system.ActorOf(supervisor, RaftNodeSupervisor.NameOf(settings.Group));
        if (settings.IsTransferAtShutdownOn) HandOverAtShutdown(system, settings, node);
        return new RaftGroup(system, settings, directory, node);
    }

    /// <summary>Makes a client that asks this node first and the other ones after it.</summary>
    public RaftClient CreateClient() =>
        RaftClient.Create(_system, () => [Node, .. _nodes.Others(Settings.NodeId)], Settings.Client);

    /// <summary>How this node sees itself.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>Its status, or <see cref="NodeDown"/> as the reason why it has none.</returns>
    /// <exception cref="AskTimeoutException">The node did not answer in time.</exception>
    public async Task<(NodeStatus? Status, NodeDown? Down)> GetStatusAsync(TimeSpan timeout)
    {
        var answer = await Node.Ask<object>(GetStatus.Instance, timeout).ConfigureAwait(false);
        return (answer as NodeStatus, answer as NodeDown);
    }

    /// <summary>Asks all nodes that have an address for their status, at the same time, whether they are members or not.</summary>
    /// <param name="timeout">How long to wait for each.</param>
    /// <returns>Each node, by name.</returns>
    public Task<IReadOnlyList<NodeSight>> GetClusterAsync(TimeSpan timeout) => _nodes.AskAllAsync(timeout);

    /// <summary>A page of this node's log.</summary>
    /// <param name="from">First index wanted.</param>
    /// <param name="limit">Entries, at the most; up to 1,000.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The page; null where the node is down.</returns>
    /// <exception cref="AskTimeoutException">The node did not answer in time.</exception>
    public async Task<LogPage?> GetLogAsync(LogIndex from, int limit, TimeSpan timeout) =>
        await Node.Ask<object>(new GetLog(from, limit), timeout).ConfigureAwait(false) as LogPage;

    /// <summary>
    /// Makes another node lead, without an election timeout (dissertation §3.10). Commands wait meanwhile; none is lost.
    /// </summary>
    /// <param name="target">The node that is to lead; null for the one that is best placed.</param>
    /// <param name="timeout">How long to wait; more than <c>raft.election-timeout-max</c>, after which the leader gives up.</param>
    /// <returns>Who takes over, or why nobody does.</returns>
    /// <exception cref="AskTimeoutException">Nobody answered in time; the leadership may have been transferred.</exception>
    public async Task<(LeadershipTransferred? Done, TransferRefused? Refused)> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout)
    {
        var answer = await Node.Ask<object>(new TransferLeadership(target), timeout).ConfigureAwait(false);
        return (answer as LeadershipTransferred, answer as TransferRefused);
    }

    /// <summary>The first thing at a shutdown, while the node still reaches the others and they reach it.</summary>
    private static void HandOverAtShutdown(ActorSystem system, RaftSettings settings, IActorRef node) =>
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            $"raft-{settings.Group}-hand-over",
            async () =>
            {
                try
                {
                    await node.Ask<object>(HandOver.Instance, 2 * settings.ElectionTimeoutMax).ConfigureAwait(false);
                }
                catch (AskTimeoutException)
                {
                    // The others elect somebody without it.
                }

                return Done.Instance;
            });

    private static void RequireDurableJournal(ActorSystem system, RaftSettings settings)
    {
        const string InMemory = "akka.persistence.journal.inmem";
        var plugin = system.Settings.Config.GetString("akka.persistence.journal.plugin", InMemory);
        if (!settings.IsVolatile && (plugin is null or "" or InMemory))
            throw new RaftConfigurationException(
                "akka.persistence.journal.plugin is a journal in memory, so this node would forget its votes at a restart and "
                + "could lose the group's data. Configure a durable journal, or set raft.volatile = on to try things out.");
    }
}
