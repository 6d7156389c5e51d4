using Raft.Actors.Protocol;

namespace Raft.Actors.Events;

/// <summary>A fact in a node's journal. Replaying all of them in order, or those since a snapshot, gives the node's persistent state (Raft, Figure 2).</summary>
internal abstract record RaftEvent;

/// <summary>
/// The node belongs to a cluster, from now on and for ever. It is the first event of a journal, or comes after the talks that
/// founded the cluster. A node started as somebody else refuses the journal.
/// </summary>
/// <param name="Cluster">The cluster that was formed.</param>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node that writes this journal.</param>
/// <param name="Voters">The voting members that the cluster was formed with.</param>
internal sealed record ClusterFormed(ClusterId Cluster, GroupId Group, NodeId Node, IReadOnlyList<NodeId> Voters) : RaftEvent
{
    /// <summary>The voters with their journals, where the cluster was founded by talks; else none.</summary>
    public IReadOnlyList<Incarnation> Participants { get; init; } = [];
}

/// <summary>
/// First event of a journal that begins before the node belongs to a cluster; <see cref="ClusterFormed"/> or
/// <see cref="ReadmissionSought"/> comes later.
/// </summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Self">The node that writes this journal, with the number that it drew for it.</param>
/// <param name="IsSuccessor">Whether the node had a journal before, and lost it: then it founds no cluster.</param>
internal sealed record JournalBegun(GroupId Group, Incarnation Self, bool IsSuccessor = false) : RaftEvent;

/// <summary>
/// The node is a member of a cluster, and its journal lacks what it promised as one. From here on it is another incarnation, whose
/// votes and acknowledgements don't count before it is <see cref="Readmitted"/> (docs/decisions/020).
/// </summary>
/// <param name="Formed">The cluster and the node.</param>
/// <param name="Self">The node, with the number that it drew for what follows.</param>
internal sealed record ReadmissionSought(ClusterFormed Formed, Incarnation Self) : RaftEvent;

/// <summary>The entry that names the node's incarnation is committed, and the node has all entries up to it: it takes part again.</summary>
/// <param name="Index">Index of that entry, or of the snapshot that replaces it.</param>
internal sealed record Readmitted(LogIndex Index) : RaftEvent;

/// <summary>The node promised itself to a plan, instead of one of its own that it may have had before.</summary>
/// <param name="Plan">The plan.</param>
internal sealed record BootstrapPromised(BootstrapPlan Plan) : RaftEvent;

/// <summary>The plan that the node was promised to was dropped by its planner, which may be the node itself.</summary>
/// <param name="Cluster">The id that the cluster would have had.</param>
internal sealed record BootstrapWithdrawn(ClusterId Cluster) : RaftEvent;

/// <summary>
/// The node entered a term, and gave its vote in it or not yet. Term and vote are one event, so that no crash can
/// separate them (Raft §5.2).
/// </summary>
/// <param name="Term">The term.</param>
/// <param name="VotedFor">Who got the vote; null while nobody has.</param>
internal sealed record TermStarted(Term Term, NodeId? VotedFor) : RaftEvent;

/// <summary>Entries were appended to the log.</summary>
/// <param name="Entries">Contiguous entries; the first follows the log's last.</param>
internal sealed record EntriesAppended(IReadOnlyList<LogEntry> Entries) : RaftEvent
{
    /// <summary>What the node knew to be committed when it wrote this: nothing up to there may ever be removed.</summary>
    public LogIndex Committed { get; init; } = LogIndex.Zero;
}

/// <summary>Entries that contradict the leader's were removed from the end of the log (Raft §5.3).</summary>
/// <param name="From">First index removed.</param>
internal sealed record LogTruncated(LogIndex From) : RaftEvent;

/// <summary>
/// A part of a snapshot's bytes. It means nothing before the <see cref="SnapshotSaved"/> that follows the last part; a part at
/// offset 0 begins anew, and what came before it was given up.
/// </summary>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Offset">Where the bytes belong.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record SnapshotPartSaved(LogIndex Index, long Offset, ReadOnlyMemory<byte> Bytes) : RaftEvent
{
    /// <summary>Whether both parts have the same place and bytes.</summary>
    public bool Equals(SnapshotPartSaved? other) =>
        other is not null && Index == other.Index && Offset == other.Offset && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Offset, Bytes.Length);
}

/// <summary>
/// A snapshot is whole, and with it everything that a node must not forget (Raft §7): recovery needs this event, the snapshot's
/// parts before it, and what comes after it. So it has the node's identity, its term and vote, and the log that is kept.
/// </summary>
/// <param name="Formed">The cluster and the node, as when the cluster was formed.</param>
/// <param name="Self">The node's incarnation; null in a journal that is older than incarnations.</param>
/// <param name="Term">The term.</param>
/// <param name="VotedFor">Who got the vote of that term; null while nobody has.</param>
/// <param name="Last">The last entry that the snapshot replaces.</param>
/// <param name="Bytes">The snapshot's size.</param>
/// <param name="Start">Where the kept log starts: at <paramref name="Last"/> or before it.</param>
/// <param name="Entries">The log from there on; the snapshot's newest entries, too, since followers may lack them.</param>
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
    /// <summary>The members' incarnations, as the log up to <see cref="Start"/> names them.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];

    /// <summary>Whether the node waits for the entry that readmits it.</summary>
    public bool AwaitsReadmission { get; init; }
}

/// <summary>
/// Stands for an event whose bytes in the journal are damaged. Never written: the serializer returns it, so that the
/// node, which knows the sequence number, can say which event it is.
/// </summary>
/// <param name="Reason">What is wrong with the bytes.</param>
internal sealed record DamagedEvent(string Reason) : RaftEvent;
