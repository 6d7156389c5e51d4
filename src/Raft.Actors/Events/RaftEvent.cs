using Raft.Actors.Protocol;

namespace Raft.Actors.Events;

/// <summary>A fact in a node's journal. Replaying all of them in order gives the node's persistent state (Raft, Figure 2).</summary>
public abstract record RaftEvent;

/// <summary>
/// The node belongs to a cluster, from now on and for ever. It is the first event of a journal, or comes after the talks that
/// founded the cluster. A node started as somebody else refuses the journal.
/// </summary>
/// <param name="Cluster">The cluster that was formed.</param>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node that writes this journal.</param>
/// <param name="Voters">The voting members that the cluster was formed with.</param>
public sealed record ClusterFormed(ClusterId Cluster, GroupId Group, NodeId Node, IReadOnlyList<NodeId> Voters) : RaftEvent;

/// <summary>First event of a journal that begins before there is a cluster; <see cref="ClusterFormed"/> comes later.</summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Self">The node that writes this journal, with the number that it drew for it.</param>
public sealed record JournalBegun(GroupId Group, Founder Self) : RaftEvent;

/// <summary>The node promised itself to a plan, instead of one of its own that it may have had before.</summary>
/// <param name="Plan">The plan.</param>
public sealed record FoundingPromised(FoundingPlan Plan) : RaftEvent;

/// <summary>The plan that the node was promised to was dropped by its planner, which may be the node itself.</summary>
/// <param name="Cluster">The id that the cluster would have had.</param>
public sealed record FoundingWithdrawn(ClusterId Cluster) : RaftEvent;

/// <summary>
/// The node entered a term, and gave its vote in it or not yet. Term and vote are one event, so that no crash can
/// separate them (Raft §5.2).
/// </summary>
/// <param name="Term">The term.</param>
/// <param name="VotedFor">Who got the vote; null while nobody has.</param>
public sealed record TermStarted(Term Term, NodeId? VotedFor) : RaftEvent;

/// <summary>Entries were appended to the log.</summary>
/// <param name="Entries">Contiguous entries; the first follows the log's last.</param>
public sealed record EntriesAppended(IReadOnlyList<LogEntry> Entries) : RaftEvent;

/// <summary>Entries that contradict the leader's were removed from the end of the log (Raft §5.3).</summary>
/// <param name="From">First index removed.</param>
public sealed record LogTruncated(LogIndex From) : RaftEvent;

/// <summary>
/// Stands for an event whose bytes in the journal are damaged. Never written: the serializer returns it, so that the
/// node, which knows the sequence number, can say which event it is.
/// </summary>
/// <param name="Reason">What is wrong with the bytes.</param>
public sealed record DamagedEvent(string Reason) : RaftEvent;
