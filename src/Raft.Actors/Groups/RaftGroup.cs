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

/// <summary>This process's node of a Raft group. Thread-safe.</summary>
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
    private readonly Lazy<RaftMonitor> _monitor;

    private RaftGroup(ActorSystem system, RaftSettings settings, GroupNodes nodes, IActorRef node, NodeScope scope)
    {
        _system = system;
        _nodes = nodes;
        Inspection = new GroupInspection((ExtendedActorSystem)system, nodes, settings.NodeId, settings.Group);
        _monitor = new Lazy<RaftMonitor>(() => RaftMonitor.Start(
            system,
            $"raft-{settings.Group}-monitor",
            settings.Group,
            timeout => _nodes.AskAllAsync(timeout, CancellationToken.None)));
        Settings = settings;
        Node = node;
        Scope = scope;
    }

    /// <summary>The node's settings.</summary>
    public RaftSettings Settings { get; }

    /// <summary>The node. The reference stays valid when the node fails and restarts.</summary>
    public IActorRef Node { get; }

    /// <inheritdoc/>
    public NodeScope? Scope { get; }

    /// <summary>Starts the node, which recovers from its journal and then joins its group. Returns at once.</summary>
    /// <param name="system">
    /// An ActorSystem with <see cref="RaftConfig.Reference"/> in its configuration, Akka.Remote, and a durable journal.
    /// </param>
    /// <param name="settings">The node's settings.</param>
    /// <param name="stateMachine">Creates an empty state machine; called at each start of the node.</param>
    /// <param name="directory">
    /// The addresses of the other nodes; null for those in <c>raft.members</c>. <c>WithRaft</c> fills a directory from
    /// Akka.Cluster.
    /// </param>
    /// <param name="disk">Measures the disk of the journal for diagnostics; null to skip it.</param>
    /// <exception cref="RaftConfigurationException">
    /// The journal is in memory, and <c>raft.allow-in-memory-journal</c> is off.
    /// </exception>
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
#pragma warning disable RS0030 // The only source of randomness: everything below takes a Random.
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
        var cluster = new OwnCluster(settings.ConfiguredClusterId);
        var nodes = new GroupNodes((ExtendedActorSystem)system, settings.Group, directory, cluster);
        system.ActorOf(
            Props.Create(() => new DiagnosticsActor(settings, nodes, links, disk)), DiagnosticsActor.NameOf(settings.Group));
        system.ActorOf(
            Props.Create(() => new LinkKeeper(settings, directory, nodes.LinkKeeper, links)), LinkKeeper.NameOf(settings.Group));
        return new RaftGroup(system, settings, nodes, node, scope);
    }

    /// <inheritdoc/>
    public NodeId? Self => Settings.NodeId;

    /// <inheritdoc/>
    public GroupInspection Inspection { get; }

    /// <inheritdoc/>
    public RaftMonitor Monitor => _monitor.Value;

    /// <summary>
    /// Creates a client that contacts this node first and the other nodes after it. The caller disposes of it.
    /// </summary>
    public IRaftClient CreateClient() =>
        RaftClient.Create(
            _system, () => [Node, .. _nodes.Others(Settings.NodeId)], Settings.Client, ContactKind.OwnNodeFirst, _nodes.Cluster);

    /// <inheritdoc/>
    public Task<NodeStatus> GetStatusAsync(
        TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default) =>
        AskAsync<NodeStatus>(node, GetStatus.Instance, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _nodes.AskAllAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<LogPage> GetLogAsync(
        LogIndex from, int limit, TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default) =>
        AskAsync<LogPage>(node, new GetLog(from, limit) { Cluster = _nodes.Cluster.Id }, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<LeadershipTransferred> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        AskAsync<LeadershipTransferred>(null, new TransferLeadership(target), timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<SnapshotTaken> TakeSnapshotAsync(
        TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default) =>
        AskAsync<SnapshotTaken>(node, new TakeSnapshot { Cluster = _nodes.Cluster.Id }, timeout, cancellationToken);

    private Task<T> AskAsync<T>(NodeId? node, object message, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class => node is { } name && name != Settings.NodeId
        ? _nodes.AskAsync<T>(name, message, timeout, cancellationToken)
        : GroupNodes.AskAsync<T>(Node, Settings.NodeId, message, timeout, cancellationToken);

    /// <summary>Transfers the leadership in the first phase of a shutdown, while the nodes still reach each other.</summary>
    private static void TransfersOnShutdown(ActorSystem system, RaftSettings settings, IActorRef node) =>
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            $"raft-{settings.Group}-transfer-leadership",
            async () =>
            {
                try
                {
                    await node.Ask<object>(TransferOnShutdown.Instance, 2 * settings.ElectionTimeoutMax).ConfigureAwait(false);
                }
                catch (AskTimeoutException)
                {
                    // The other nodes elect a leader when their election timeouts expire.
                }

                return Done.Instance;
            });

    private static void RequireDurableJournal(ActorSystem system, RaftSettings settings)
    {
        const string Key = "akka.persistence.journal.plugin";
        const string InMemory = "akka.persistence.journal.inmem";
        const string InMemoryClass = "Akka.Persistence.Journal.MemoryJournal";
        Persistence.Instance.Apply(system);
        var config = system.Settings.Config;
        var plugin = config.GetString(Key) is { Length: > 0 } configured ? configured : InMemory;
        if (!config.HasPath($"{plugin}.class"))
            throw new RaftConfigurationException($"{Key} is '{plugin}', but no section of that name has a class.");
        var journal = config.GetString($"{plugin}.class");
        if (!settings.AllowsInMemoryJournal && journal.Contains(InMemoryClass, StringComparison.Ordinal))
            throw new RaftConfigurationException(
                $"{Key} is a journal in memory, so this node would forget its votes at a restart and "
                + "could lose the group's data. Configure a durable journal, or set raft.allow-in-memory-journal = on to try "
                + "things out.");
    }
}
