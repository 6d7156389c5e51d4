using Akka;
using Akka.Actor;
using Akka.Persistence;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Inspection;
using Raft.Actors.Links;
using Raft.Actors.Membership;
using Raft.Actors.Monitoring;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Groups;

/// <summary>This process's node of one Raft group.</summary>
/// <example>
/// <code>
/// var config = application.WithFallback(RaftConfig.Reference);
/// var system = ActorSystem.Create("raft", config);
/// var group = RaftGroup.Start(system, new RaftSettings(system.Settings.Config), () =&gt; new KeyValueStore());
/// await using var client = group.CreateClient();
/// </code>
/// </example>
public sealed class RaftGroup : IRaftGroup
{
    private readonly ActorSystem _system;
    private readonly GroupNodes _nodes;
    private readonly Lazy<RaftMonitor> _feed;

    private RaftGroup(ActorSystem system, RaftSettings settings, GroupNodes nodes, IActorRef node, NodeScope scope)
    {
        _system = system;
        _nodes = nodes;
        Inspection = new GroupInspection((ExtendedActorSystem)system, nodes, settings.NodeId, settings.Group);
        _feed = new Lazy<RaftMonitor>(() => RaftMonitor.Start(
            system, $"raft-{settings.Group}-feed", settings.Group, _nodes.AskAllAsync));
        Settings = settings;
        Node = node;
        Scope = scope;
    }

    /// <summary>The node's settings.</summary>
    public RaftSettings Settings { get; }

    /// <summary>The node. The reference stays good when the node fails and starts again.</summary>
    public IActorRef Node { get; }

    /// <inheritdoc/>
    public NodeScope? Scope { get; }

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
    /// <param name="disk">Looks at the disk that the journal is on, when an operator asks; null where there is none.</param>
    /// <exception cref="RaftConfigurationException">The journal is in memory, and <c>raft.allow-in-memory-journal</c> is off.</exception>
    public static RaftGroup Start(
        ActorSystem system,
        RaftSettings settings,
        Func<IStateMachine> stateMachine,
        NodeDirectory? directory = null,
        IDiskProbe? disk = null)
    {
        RequireDurableJournal(system, settings);
        directory ??= new NodeDirectory(settings.Members);
        var links = new PeerLinks();
        var peers = new RemotePeers((ExtendedActorSystem)system, settings.Group, directory, links);
#pragma warning disable RS0030 // Where chance comes in; all below it takes a Random.
        var random = new Random();
#pragma warning restore RS0030
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        var scope = new NodeScope(settings.Group, new RaftMember(settings.NodeId, address.Host ?? "", address.Port ?? 0));
        var telemetry = new NodeTelemetry(scope, system.Scheduler);
        telemetry.ObserveLinks(() => links.Counts);
        system.RegisterOnTermination(telemetry.Dispose);
        var supervisor = RaftNodeSupervisor.Props(
            settings, () => Props.Create(() => new RaftNode(settings, peers, stateMachine, random, telemetry)));
        var node = system.ActorOf(supervisor, RaftNodeSupervisor.NameOf(settings.Group));
        if (PubSub.MediatorOf(system) is var mediator && !mediator.IsNobody())
            system.ActorOf(
                Props.Create(() => new StatePublisher(mediator, node, settings.NodeId, settings.Group, telemetry.Meter)),
                $"raft-{settings.Group}-publisher");
        if (settings.IsTransferAtShutdownOn) TransfersOnShutdown(system, settings, node);
        var nodes = new GroupNodes((ExtendedActorSystem)system, settings.Group, directory, new OwnCluster(settings.ConfiguredClusterId));
        system.ActorOf(Props.Create(() => new DiagnosticsActor(settings, nodes, links, disk)), DiagnosticsActor.NameOf(settings.Group));
        system.ActorOf(
            Props.Create(() => new LinkKeeper(settings, directory, nodes.LinkKeeper, links)), LinkKeeper.NameOf(settings.Group));
        return new RaftGroup(system, settings, nodes, node, scope);
    }

    /// <inheritdoc/>
    public NodeId? Self => Settings.NodeId;

    /// <inheritdoc/>
    public GroupInspection Inspection { get; }

    /// <inheritdoc/>
    public RaftMonitor Monitor => _feed.Value;

    /// <summary>Makes a client that asks this node first and the other ones after it.</summary>
    public RaftClient CreateClient() =>
        RaftClient.Create(
            _system, () => [Node, .. _nodes.Others(Settings.NodeId)], Settings.Client, ContactKind.OwnNodeFirst, _nodes.Cluster);

    /// <inheritdoc/>
    public Task<(NodeStatus? Status, NodeDown? Down)> GetStatusAsync(TimeSpan timeout, NodeId? node = null) =>
        AskAsync<NodeStatus, NodeDown>(node, GetStatus.Instance, timeout);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout) => _nodes.AskAllAsync(timeout);

    /// <inheritdoc/>
    public Task<(LogPage? Page, NodeDown? Down)> GetLogAsync(LogIndex from, int limit, TimeSpan timeout, NodeId? node = null) =>
        AskAsync<LogPage, NodeDown>(node, new GetLog(from, limit) { Cluster = _nodes.Cluster.Id }, timeout);

    /// <inheritdoc/>
    public Task<(LeadershipTransferred? Done, TransferRefused? Refused)> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout) =>
        AskAsync<LeadershipTransferred, TransferRefused>(null, new TransferLeadership(target), timeout);

    /// <inheritdoc/>
    public Task<(SnapshotTaken? Taken, SnapshotRefused? Refused)> TakeSnapshotAsync(TimeSpan timeout, NodeId? node = null) =>
        AskAsync<SnapshotTaken, SnapshotRefused>(node, new TakeSnapshot { Cluster = _nodes.Cluster.Id }, timeout);

    private Task<(T? Answer, TOther? Other)> AskAsync<T, TOther>(NodeId? node, object message, TimeSpan timeout)
        where T : class
        where TOther : class => node is { } name && name != Settings.NodeId
        ? _nodes.AskAsync<T, TOther>(name, message, timeout)
        : GroupNodes.AskAsync<T, TOther>(Node, Settings.NodeId, message, timeout);

    /// <summary>The first thing at a shutdown, while the node still reaches the others and they reach it.</summary>
    private static void TransfersOnShutdown(ActorSystem system, RaftSettings settings, IActorRef node) =>
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            $"raft-{settings.Group}-hand-over",
            async () =>
            {
                try
                {
                    await node.Ask<object>(TransferOnShutdown.Instance, 2 * settings.ElectionTimeoutMax).ConfigureAwait(false);
                }
                catch (AskTimeoutException)
                {
                    // The others elect somebody without it.
                }

                return Done.Instance;
            });

    private static void RequireDurableJournal(ActorSystem system, RaftSettings settings)
    {
        const string Key = "akka.persistence.journal.plugin";
        const string InMemory = "akka.persistence.journal.inmem";
        Persistence.Instance.Apply(system);
        var config = system.Settings.Config;
        var plugin = config.GetString(Key) is { Length: > 0 } configured ? configured : InMemory;
        if (!config.HasPath($"{plugin}.class"))
            throw new RaftConfigurationException($"{Key} is '{plugin}', of which the configuration has no section with a class.");
        var journal = config.GetString($"{plugin}.class");
        if (!settings.AllowsInMemoryJournal && journal.Contains("Akka.Persistence.Journal.MemoryJournal", StringComparison.Ordinal))
            throw new RaftConfigurationException(
                $"{Key} is a journal in memory, so this node would forget its votes at a restart and "
                + "could lose the group's data. Configure a durable journal, or set raft.allow-in-memory-journal = on to try things out.");
    }
}
