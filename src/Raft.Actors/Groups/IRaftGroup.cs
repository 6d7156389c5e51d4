using Raft.Actors.Clients;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Groups;

/// <summary>
/// A Raft group as this process reaches it: through the process's own node (<see cref="RaftGroup"/>) or without a node
/// (<see cref="RaftGateway"/>). Thread-safe. Methods that fail throw a <see cref="RaftGroupException"/>.
/// </summary>
public interface IRaftGroup
{
    /// <summary>This process's node; null if it has none.</summary>
    NodeId? Self { get; }

    /// <summary>Inspects the processes of the group: their actors, disks, clocks and connections.</summary>
    GroupInspection Inspection { get; }

    /// <summary>
    /// The <c>Scope</c> of the Meter of this process's node. It distinguishes the node's metrics from those of other nodes in the
    /// process; null if the process has no node.
    /// </summary>
    NodeScope? Scope { get; }

    /// <summary>
    /// Follows the state of the group. The first access starts an actor that queries all nodes once a second until the
    /// ActorSystem ends.
    /// </summary>
    RaftMonitor Monitor { get; }

    /// <summary>Creates a client that finds the leader by itself. The caller disposes of it.</summary>
    IRaftClient CreateClient();

    /// <summary>Gets a node's own view of its role, term, log and peers.</summary>
    /// <param name="timeout">The time to wait for the answer.</param>
    /// <param name="node">The node; null for this process's own node, or for the leader if the process has none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NoSuchNodeException">This process knows no address of the node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    /// <exception cref="NodeDownException">The node is unavailable.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<NodeStatus> GetStatusAsync(TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queries all nodes with a known address for their status, at the same time, whether they are members or not.
    /// </summary>
    /// <param name="timeout">The time to wait for each answer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>All nodes, ordered by name. A node that is down or did not answer has no <see cref="NodeView.Status"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Gets a page of a node's log.</summary>
    /// <param name="from">The first index of the page.</param>
    /// <param name="limit">The maximum number of entries, up to 1,000.</param>
    /// <param name="timeout">The time to wait for the answer.</param>
    /// <param name="node">The node, as for <see cref="GetStatusAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NoSuchNodeException">This process knows no address of the node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    /// <exception cref="NodeDownException">The node is unavailable.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<LogPage> GetLogAsync(
        LogIndex from, int limit, TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Transfers the leadership to another node without waiting for an election timeout (dissertation §3.10). Commands wait
    /// during the transfer; none is lost.
    /// </summary>
    /// <param name="target">The new leader; null to let the leader choose the most up-to-date member.</param>
    /// <param name="timeout">
    /// The time to wait for the answer; more than <c>raft.election-timeout-max</c>, after which the leader gives up.
    /// </param>
    /// <param name="cancellationToken">Stops waiting, not the transfer.</param>
    /// <returns>The old leader, the new one and its term.</returns>
    /// <exception cref="TransferRefusedException">The leadership was not transferred to the target.</exception>
    /// <exception cref="NoAnswerException">No answer arrived in time; the leadership may have been transferred.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the leadership may still be transferred.</exception>
    Task<LeadershipTransferred> TransferLeadershipAsync(
        NodeId? target, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Makes a node take a snapshot of its state and drop the entries that the snapshot replaces (Raft §7).</summary>
    /// <param name="timeout">The time to wait until the snapshot is on disk; a large state takes a while.</param>
    /// <param name="node">The node, as for <see cref="GetStatusAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting, not the snapshot.</param>
    /// <returns>The node's newest snapshot, which is on its disk.</returns>
    /// <exception cref="NoSuchNodeException">This process knows no address of the node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    /// <exception cref="SnapshotRefusedException">The node took no snapshot.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the node may still take the snapshot.</exception>
    Task<SnapshotTaken> TakeSnapshotAsync(
        TimeSpan timeout, NodeId? node = null, CancellationToken cancellationToken = default);
}
