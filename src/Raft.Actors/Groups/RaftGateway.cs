using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Groups;

/// <summary>
/// A Raft group from a process that has no node of it, such as an API in front of a cluster. It keeps no data and has no vote.
/// </summary>
/// <example>
/// <code>
/// var system = ActorSystem.Create("raft", application.WithFallback(RaftConfig.Reference));   // Akka.Cluster, no journal
/// var gateway = new RaftGateway(system, ClusterDirectory.Start(system, known: []));
/// await using var client = gateway.CreateClient();
/// </code>
/// </example>
public sealed class RaftGateway : IRaftGroup
{
    private readonly ActorSystem _system;
    private readonly GroupNodes _nodes;
    private readonly ClientSettings _client;
    private readonly Lazy<RaftMonitor> _feed;

    /// <summary>Makes a gateway; it starts nothing.</summary>
    /// <param name="system">
    /// An ActorSystem with <see cref="RaftConfig.Reference"/> in its configuration, of which it takes <c>raft.group</c>,
    /// <c>raft.cluster-id</c> and <c>raft.client</c>, and with Akka.Remote.
    /// </param>
    /// <param name="directory">Where nodes are reached; may be empty at first.</param>
    /// <exception cref="RaftConfigurationException">A setting is wrong.</exception>
    public RaftGateway(ActorSystem system, NodeDirectory directory)
    {
        var read = new SettingsReader(system.Settings.Config);
        _system = system;
        _client = new ClientSettings(read);
        var group = read.Parsed("raft.group", GroupId.Parse);
        _nodes = new GroupNodes((ExtendedActorSystem)system, group, directory, new OwnCluster(_client.ClusterId));
        _feed = new Lazy<RaftMonitor>(() => RaftMonitor.Start(system, $"raft-{group}-gateway-feed", group, _nodes.AskAllAsync));
        Inspection = new GroupInspection((ExtendedActorSystem)system, _nodes, self: null, ownGroup: null);
    }

    /// <summary>
    /// The cluster that requests are for: <c>raft.cluster-id</c>, or what the gateway has learned; null as long as it has not.
    /// </summary>
    public ClusterId? Cluster => _nodes.Cluster.Id;

    /// <inheritdoc/>
    public NodeId? Self => null;

    /// <inheritdoc/>
    public GroupInspection Inspection { get; }

    /// <inheritdoc/>
    public NodeScope? Scope => null;

    /// <inheritdoc/>
    public RaftMonitor Monitor => _feed.Value;

    /// <summary>
    /// Makes a client that asks any node and finds the leader by itself. Stale and follower queries go to the first node by
    /// name, and to the next one when it is silent. Where <c>raft.cluster-id</c> is not set, the gateway learns its cluster once,
    /// from a leader and a majority of that leader's members, and sends requests to no other one from then on.
    /// </summary>
    public RaftClient CreateClient() =>
        RaftClient.Create(_system, () => [.. _nodes.All], _client, ContactKind.AllKnown, _nodes.Cluster);

    /// <inheritdoc/>
    public async Task<(NodeStatus? Status, NodeDown? Down)> GetStatusAsync(TimeSpan timeout, NodeId? node = null) => node is { } name
        ? await _nodes.AskAsync<NodeStatus, NodeDown>(name, GetStatus.Instance, timeout).ConfigureAwait(false)
        : (await _nodes.FindLeaderAsync(timeout).ConfigureAwait(false), null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout) => _nodes.AskAllAsync(timeout);

    /// <inheritdoc/>
    public async Task<(LogPage? Page, NodeDown? Down)> GetLogAsync(
        LogIndex from, int limit, TimeSpan timeout, NodeId? node = null)
    {
        var name = node ?? (await _nodes.FindLeaderAsync(timeout).ConfigureAwait(false)).NodeId;
        return await _nodes.AskAsync<LogPage, NodeDown>(name, new GetLog(from, limit) { Cluster = _nodes.Cluster.Id }, timeout).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<(SnapshotTaken? Taken, SnapshotRefused? Refused)> TakeSnapshotAsync(TimeSpan timeout, NodeId? node = null)
    {
        var name = node ?? (await _nodes.FindLeaderAsync(timeout).ConfigureAwait(false)).NodeId;
        return await _nodes.AskAsync<SnapshotTaken, SnapshotRefused>(name, new TakeSnapshot { Cluster = _nodes.Cluster.Id }, timeout)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<(LeadershipTransferred? Done, TransferRefused? Refused)> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout)
    {
        NodeStatus leader;
        try
        {
            leader = await _nodes.FindLeaderAsync(timeout).ConfigureAwait(false);
        }
        catch (NoAnswerException e)
        {
            return (null, new TransferRefused(TransferRefusal.NoLeader, e.Message));
        }

        var transfer = new TransferLeadership(target) { Cluster = _nodes.Cluster.Id };
        return await _nodes.AskAsync<LeadershipTransferred, TransferRefused>(leader.NodeId, transfer, timeout).ConfigureAwait(false);
    }
}
