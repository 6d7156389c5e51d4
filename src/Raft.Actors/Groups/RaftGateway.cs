using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Groups;

/// <summary>
/// A Raft group as a process without a node reaches it, such as an API in front of a cluster. A gateway stores no data and has no
/// vote. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var system = ActorSystem.Create("raft", application.WithFallback(RaftConfig.Reference));   // no journal
/// var gateway = new RaftGateway(system, new NodeDirectory(RaftMember.ParseList("n1=10.0.0.1:4053")));
/// await using var client = gateway.CreateClient();
/// </code>
/// </example>
public sealed class RaftGateway : IRaftGroup
{
    private readonly ActorSystem _system;
    private readonly GroupNodes _nodes;
    private readonly ClientSettings _client;
    private readonly Lazy<RaftMonitor> _monitor;

    /// <summary>
    /// Creates a gateway. It starts no actor until <see cref="Monitor"/> or <see cref="CreateClient"/> is used.
    /// </summary>
    /// <param name="system">
    /// An ActorSystem with Akka.Remote, and with <see cref="RaftConfig.Reference"/> in its configuration. The gateway reads
    /// <c>raft.group</c>, <c>raft.cluster-id</c> and <c>raft.client</c>.
    /// </param>
    /// <param name="directory">The addresses of the nodes; may be empty at first.</param>
    /// <exception cref="RaftConfigurationException">A setting is wrong.</exception>
    public RaftGateway(ActorSystem system, NodeDirectory directory)
    {
        var read = new SettingsReader(system.Settings.Config);
        _system = system;
        _client = new ClientSettings(read);
        var group = read.Parsed("raft.group", GroupId.Parse);
        _nodes = new GroupNodes((ExtendedActorSystem)system, group, directory, new OwnCluster(_client.ClusterId));
        _monitor = new Lazy<RaftMonitor>(() => RaftMonitor.Start(
            system, $"raft-{group}-gateway-monitor", group, timeout => _nodes.AskAllAsync(timeout, CancellationToken.None)));
        Inspection = new GroupInspection((ExtendedActorSystem)system, _nodes, self: null, ownGroup: null);
    }

    /// <summary>
    /// The cluster that receives requests: <c>raft.cluster-id</c>, or the one that the gateway has learned; null until then.
    /// </summary>
    public ClusterId? Cluster => _nodes.Cluster.Id;

    /// <inheritdoc/>
    public NodeId? Self => null;

    /// <inheritdoc/>
    public GroupInspection Inspection { get; }

    /// <inheritdoc/>
    public NodeScope? Scope => null;

    /// <inheritdoc/>
    public RaftMonitor Monitor => _monitor.Value;

    /// <summary>
    /// Creates a client that contacts any node and finds the leader by itself. Stale and follower queries go to the first node by
    /// name, and to the next one if it is silent. Without <c>raft.cluster-id</c>, the gateway learns its cluster once, from a
    /// leader and a majority of that leader's members, and sends requests to no other cluster from then on. The caller disposes
    /// of the client.
    /// </summary>
    public IRaftClient CreateClient() =>
        RaftClient.Create(_system, () => [.. _nodes.All], _client, ContactKind.AllKnown, _nodes.Cluster);

    /// <inheritdoc/>
    public Task<NodeStatus> GetStatusAsync(
        TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default) =>
        node is { } name
            ? _nodes.AskAsync<NodeStatus>(name, GetStatus.Instance, timeout, cancellationToken)
            : _nodes.FindLeaderAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _nodes.AskAllAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public async Task<LogPage> GetLogAsync(
        LogIndex from, int limit, TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default)
    {
        var name = node ?? await LeaderAsync(timeout, cancellationToken).ConfigureAwait(false);
        var query = new GetLog(from, limit) { Cluster = _nodes.Cluster.Id };
        return await _nodes.AskAsync<LogPage>(name, query, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<SnapshotTaken> TakeSnapshotAsync(
        TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default)
    {
        var name = node ?? await LeaderAsync(timeout, cancellationToken).ConfigureAwait(false);
        var request = new TakeSnapshot { Cluster = _nodes.Cluster.Id };
        return await _nodes.AskAsync<SnapshotTaken>(name, request, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<LeadershipTransferred> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        NodeId leader;
        try
        {
            leader = await LeaderAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (NoAnswerException e)
        {
            throw new TransferRefusedException(TransferRefusal.NoLeader, e.Message);
        }

        var transfer = new TransferLeadership(target) { Cluster = _nodes.Cluster.Id };
        return await _nodes.AskAsync<LeadershipTransferred>(leader, transfer, timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<NodeId> LeaderAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        (await _nodes.FindLeaderAsync(timeout, cancellationToken).ConfigureAwait(false)).NodeId;
}
