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
    public RaftClient CreateClient() => node.Group.CreateClient();

    /// <inheritdoc/>
    public Task<(NodeStatus? Status, NodeDown? Down)> GetStatusAsync(TimeSpan timeout, NodeId? other = null) =>
        !IsSelf(other) ? observer.GetStatusAsync(timeout, other)
        : node.Down is { } down ? Task.FromResult<(NodeStatus?, NodeDown?)>((null, down))
        : node.Group.GetStatusAsync(timeout);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout) => observer.GetClusterAsync(timeout);

    /// <inheritdoc/>
    public Task<(LogPage? Page, NodeDown? Down)> GetLogAsync(LogIndex from, int limit, TimeSpan timeout, NodeId? other = null) =>
        !IsSelf(other) ? observer.GetLogAsync(from, limit, timeout, other)
        : node.Down is { } down ? Task.FromResult<(LogPage?, NodeDown?)>((null, down))
        : node.Group.GetLogAsync(from, limit, timeout);

    /// <inheritdoc/>
    public Task<(LeadershipTransferred? Done, TransferRefused? Refused)> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout) => node.Down is { } down
        ? Task.FromResult<(LeadershipTransferred?, TransferRefused?)>(
            (null, new TransferRefused(TransferRefusal.NoLeader, $"{node.Id} is unavailable: {down.Reason}.")))
        : node.Group.TransferLeadershipAsync(target, timeout);

    /// <inheritdoc/>
    public Task<(SnapshotTaken? Taken, SnapshotRefused? Refused)> TakeSnapshotAsync(TimeSpan timeout, NodeId? other = null) =>
        !IsSelf(other) ? observer.TakeSnapshotAsync(timeout, other)
        : node.Down is { } down
            ? Task.FromResult<(SnapshotTaken?, SnapshotRefused?)>(
                (null, new SnapshotRefused($"{node.Id} is unavailable: {down.Reason}.")))
        : node.Group.TakeSnapshotAsync(timeout);

    private bool IsSelf(NodeId? other) => other is null || other == node.Id;
}
