using Raft.Actors.Protocol;

namespace Raft.Actors.Events;

/// <summary>
/// A fact in a node's journal. Replaying all events in order, or all since a snapshot, restores the node's persistent state
/// (Raft, Figure 2).
/// </summary>
internal abstract record RaftEvent;

/// <summary>
/// The node belongs to a cluster from now on. This is the first event of a journal, or it follows the negotiation that
/// bootstrapped the cluster. A node with another name or group refuses the journal.
/// </summary>
/// <param name="Cluster">The cluster that was formed.</param>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node that writes this journal.</param>
/// <param name="Voters">The voting members when the cluster was formed.</param>
internal sealed record ClusterFormed(ClusterId Cluster, GroupId Group, NodeId Node, IReadOnlyList<NodeId> Voters) : RaftEvent
{
    /// <summary>The voters and their journals if the cluster was bootstrapped by negotiation; otherwise empty.</summary>
    public IReadOnlyList<Incarnation> Participants { get; init; } = [];
}

/// <summary>
/// The first event of a journal that starts before the node belongs to a cluster. <see cref="ClusterFormed"/> or
/// <see cref="ReadmissionSought"/> follows later.
/// </summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Self">The node that writes this journal, with the journal's random number.</param>
/// <param name="IsSuccessor">Whether the node lost an earlier journal; if so, it takes no part in bootstrapping a
/// cluster.</param>
internal sealed record JournalBegun(GroupId Group, Incarnation Self, bool IsSuccessor = false) : RaftEvent;

/// <summary>
/// The node is a member of a cluster, but its journal lacks data that the node had acknowledged. From here on the node is a new
/// incarnation. Its votes and acknowledgements don't count until it is <see cref="Readmitted"/> (docs/decisions/020).
/// </summary>
/// <param name="Formed">The cluster and the node.</param>
/// <param name="Self">The node, with the random number of the new incarnation.</param>
internal sealed record ReadmissionSought(ClusterFormed Formed, Incarnation Self) : RaftEvent;

/// <summary>
/// The entry that readmits this incarnation is committed, and the node has every entry up to it. The node is a full member again.
/// </summary>
/// <param name="Index">Index of that entry, or of the snapshot that replaced it.</param>
internal sealed record Readmitted(LogIndex Index) : RaftEvent;

/// <summary>The node promised to join a plan. The promise replaces an earlier promise to a plan of its own.</summary>
/// <param name="Plan">The plan.</param>
internal sealed record BootstrapPromised(BootstrapPlan Plan) : RaftEvent;

/// <summary>The planner dropped the plan that the node had promised to join. The planner may be the node itself.</summary>
/// <param name="Cluster">The id that the cluster would have had.</param>
internal sealed record BootstrapWithdrawn(ClusterId Cluster) : RaftEvent;

/// <summary>The node entered a term. Term and vote are one event, so a crash can't separate them (Raft §5.2).</summary>
/// <param name="Term">The term.</param>
/// <param name="VotedFor">The candidate that got the node's vote; null if the node has not voted in the term.</param>
internal sealed record TermStarted(Term Term, NodeId? VotedFor) : RaftEvent;

/// <summary>Entries were appended to the log.</summary>
/// <param name="Entries">Contiguous entries; the first follows the log's last.</param>
internal sealed record EntriesAppended(IReadOnlyList<LogEntry> Entries) : RaftEvent
{
    /// <summary>The node's commit index when it wrote the event. Entries up to there must never be removed.</summary>
    public LogIndex Committed { get; init; } = LogIndex.Zero;
}

/// <summary>Entries that contradict the leader's were removed from the end of the log (Raft §5.3).</summary>
/// <param name="From">First index removed.</param>
internal sealed record LogTruncated(LogIndex From) : RaftEvent;

/// <summary>
/// A part of a snapshot. Parts have no effect until the <see cref="SnapshotSaved"/> after the last one. A part with offset 0
/// starts a new snapshot and discards earlier parts.
/// </summary>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Offset">Position of the bytes in the snapshot.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record SnapshotPartSaved(LogIndex Index, long Offset, ReadOnlyMemory<byte> Bytes) : RaftEvent
{
    /// <summary>Whether both parts have the same position and bytes.</summary>
    public bool Equals(SnapshotPartSaved? other) =>
        other is not null && Index == other.Index && Offset == other.Offset && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Offset, Bytes.Length);
}

/// <summary>
/// Completes a snapshot. Recovery needs only this event, the parts before it, and the events after it, so the event contains all
/// other persistent state: identity, term, vote and the retained log (Raft §7).
/// </summary>
/// <param name="Formed">The cluster and the node, as when the cluster was formed.</param>
/// <param name="Self">The node's incarnation; null in a journal from before incarnations existed.</param>
/// <param name="Term">The term.</param>
/// <param name="VotedFor">The candidate that got the node's vote in that term; null if the node has not voted.</param>
/// <param name="Last">The last entry that the snapshot replaces.</param>
/// <param name="Bytes">The snapshot's size in bytes.</param>
/// <param name="Start">The entry after which the retained log starts: <paramref name="Last"/> or an earlier one.</param>
/// <param name="Entries">The retained log. It may include entries that the snapshot replaces, because followers may still need
/// them.</param>
internal sealed record SnapshotSaved(
    ClusterFormed Formed,
    Incarnation? Self,
    Term Term,
    NodeId? VotedFor,
    LogPoint Last,
    long Bytes,
    LogPoint Start,
    IReadOnlyList<LogEntry> Entries) : RaftEvent
{
    /// <summary>The incarnations of the members according to the log up to <see cref="Start"/>.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];

    /// <summary>Whether the node waits for readmission.</summary>
    public bool AwaitsReadmission { get; init; }
}

/// <summary>
/// Stands for an event whose bytes in the journal are damaged. It is never written. The serializer returns it instead of
/// throwing, so that the node can name the event's sequence number.
/// </summary>
/// <param name="Reason">What is wrong with the bytes.</param>
internal sealed record DamagedEvent(string Reason) : RaftEvent;
