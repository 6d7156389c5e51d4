using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Host.Dev;

/// <summary>
/// The group behind the API of a <c>raft dev</c> node, which outlives the node. While the node runs, it reports its own status;
/// the other nodes are seen through the observer, whose links are never cut.
/// </summary>
internal sealed class DevGroup(DevNode node, RaftGateway observer) : IRaftGroup
{
    /// <inheritdoc/>
    public NodeId? Self => node.Id;

    /// <inheritdoc/>
    public NodeScope? Scope => node.Group.Scope;

    /// <inheritdoc/>
    public RaftMonitor Monitor => observer.Monitor;

    /// <inheritdoc/>
    public GroupInspection Inspection => observer.Inspection;

    /// <inheritdoc/>
    public IRaftClient CreateClient() => node.Group.CreateClient();

    /// <inheritdoc/>
    public Task<NodeStatus> GetStatusAsync(
        TimeSpan timeout, NodeId? other = null, CancellationToken cancellationToken = default) =>
        !IsSelf(other) ? observer.GetStatusAsync(timeout, other, cancellationToken)
        : node.Down is { } down ? Task.FromException<NodeStatus>(new NodeDownException(down))
        : node.Group.GetStatusAsync(timeout, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        observer.GetClusterAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<LogPage> GetLogAsync(
        LogIndex from, int limit, TimeSpan timeout, NodeId? other = null, CancellationToken cancellationToken = default) =>
        !IsSelf(other) ? observer.GetLogAsync(from, limit, timeout, other, cancellationToken)
        : node.Down is { } down ? Task.FromException<LogPage>(new NodeDownException(down))
        : node.Group.GetLogAsync(from, limit, timeout, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public Task<LeadershipTransferred> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        node.Down is { } down
            ? Task.FromException<LeadershipTransferred>(
                new TransferRefusedException(TransferRefusal.NoLeader, $"{node.Id} is unavailable: {down.Reason}."))
            : node.Group.TransferLeadershipAsync(target, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<SnapshotTaken> TakeSnapshotAsync(
        TimeSpan timeout, NodeId? other = null, CancellationToken cancellationToken = default) =>
        !IsSelf(other) ? observer.TakeSnapshotAsync(timeout, other, cancellationToken)
        : node.Down is { } down
            ? Task.FromException<SnapshotTaken>(new SnapshotRefusedException($"{node.Id} is unavailable: {down.Reason}."))
        : node.Group.TakeSnapshotAsync(timeout, cancellationToken: cancellationToken);

    private bool IsSelf(NodeId? other) => other is null || other == node.Id;
}
