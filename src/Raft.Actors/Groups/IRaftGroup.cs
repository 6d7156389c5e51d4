using Raft.Actors.Clients;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Groups;

/// <summary>
/// A Raft group as it is reached from this process: through the process's own node (<see cref="RaftGroup"/>) or without one
/// (<see cref="RaftGateway"/>).
/// </summary>
public interface IRaftGroup
{
    /// <summary>This process's node; null where it has none.</summary>
    NodeId? Self { get; }

    /// <summary>What is asked of the processes of the group rather than of its nodes.</summary>
    GroupInspection Inspection { get; }

    /// <summary>
    /// The <c>Scope</c> of the Meter of this process's node, by which its metrics are told from those of other nodes in the
    /// process; null where there is no node.
    /// </summary>
    NodeScope? Scope { get; }

    /// <summary>The group as it lives. It costs nothing until it is first asked for.</summary>
    RaftMonitor Monitor { get; }

    /// <summary>Makes a client that finds the leader by itself.</summary>
    RaftClient CreateClient();

    /// <summary>How a node sees itself.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="node">The node; null for this process's own, or, where it has none, for the leader.</param>
    /// <returns>Its status, or <see cref="NodeDown"/> as the reason why it has none.</returns>
    /// <exception cref="NoSuchNodeException">No address is known of that node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    Task<(NodeStatus? Status, NodeDown? Down)> GetStatusAsync(TimeSpan timeout, NodeId? node = null);

    /// <summary>Asks all nodes that have an address for their status, at the same time, whether they are members or not.</summary>
    /// <param name="timeout">How long to wait for each.</param>
    /// <returns>Each node, by name.</returns>
    Task<IReadOnlyList<NodeView>> GetClusterAsync(TimeSpan timeout);

    /// <summary>A page of a node's log.</summary>
    /// <param name="from">First index wanted.</param>
    /// <param name="limit">Entries, at the most; up to 1,000.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="node">As with <see cref="GetStatusAsync"/>.</param>
    /// <returns>The page, or <see cref="NodeDown"/> as the reason why the node has none.</returns>
    /// <exception cref="NoSuchNodeException">No address is known of that node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    Task<(LogPage? Page, NodeDown? Down)> GetLogAsync(LogIndex from, int limit, TimeSpan timeout, NodeId? node = null);

    /// <summary>
    /// Makes another node lead, without an election timeout (dissertation §3.10). Commands wait meanwhile; none is lost.
    /// </summary>
    /// <param name="target">The node that is to lead; null for the one that is best placed.</param>
    /// <param name="timeout">How long to wait; more than <c>raft.election-timeout-max</c>, after which the leader gives up.</param>
    /// <returns>Who takes over, or why nobody does.</returns>
    /// <exception cref="NoAnswerException">Nobody answered in time; the leadership may have been transferred.</exception>
    Task<(LeadershipTransferred? Done, TransferRefused? Refused)> TransferLeadershipAsync(NodeId? target, TimeSpan timeout);

    /// <summary>Makes a node take a snapshot of its state and drop the entries that it replaces (Raft §7).</summary>
    /// <param name="timeout">How long to wait; a large state takes a while.</param>
    /// <param name="node">As with <see cref="GetStatusAsync"/>.</param>
    /// <returns>The node's newest snapshot, on its disk, or why it took none.</returns>
    /// <exception cref="NoSuchNodeException">No address is known of that node.</exception>
    /// <exception cref="NoAnswerException">The node did not answer in time, or there is no leader.</exception>
    Task<(SnapshotTaken? Taken, SnapshotRefused? Refused)> TakeSnapshotAsync(TimeSpan timeout, NodeId? node = null);
}

/// <summary>No address is known of a node that was asked for.</summary>
/// <param name="message">The name, and which nodes are known.</param>
public sealed class NoSuchNodeException(string message) : Exception(message);

/// <summary>Nobody answered who could.</summary>
/// <param name="message">Who did not answer, or why nobody leads.</param>
public sealed class NoAnswerException(string message) : Exception(message);
