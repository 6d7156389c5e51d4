using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>The cluster as checks see it.</summary>
/// <param name="nodes">All nodes, in the order of their names.</param>
/// <param name="settings">The settings that the nodes share.</param>
internal sealed class ClusterView(IReadOnlyList<NodeView> nodes, RaftSettings settings)
{
    /// <summary>All nodes.</summary>
    public IReadOnlyList<NodeView> Nodes { get; } = nodes;

    /// <summary>The settings that the nodes share; their names and preferences differ.</summary>
    public RaftSettings Settings { get; } = settings;

    /// <summary>How many nodes vote: all, or as many as found the cluster.</summary>
    public int VoterCount => Settings.BootstrapExpect > 0 ? Settings.BootstrapExpect : Nodes.Count;

    /// <summary>How many of them are a majority.</summary>
    public int Majority => (VoterCount / 2) + 1;

    /// <summary>Whether the run has no faults, neither drawn ones nor those of a scenario.</summary>
    public bool IsWithoutFaults { get; internal init; }

    /// <summary>Virtual time since the start of the run.</summary>
    public TimeSpan Now { get; internal set; }

    /// <summary>The node of this name.</summary>
    public NodeView this[NodeId id]
    {
        get
        {
            // Checks ask this for each message: no iterator, no closure.
            for (var i = 0; i < Nodes.Count; i++)
            {
                if (Nodes[i].Id == id) return Nodes[i];
            }

            throw new ArgumentException($"The cluster has no node {id}.", nameof(id));
        }
    }
}

/// <summary>A node, over all its incarnations.</summary>
/// <param name="id">Its name.</param>
/// <param name="wholeLog">Its log with all that snapshots replaced; null where <see cref="Log"/> is set.</param>
internal sealed class NodeView(NodeId id, Func<RaftLog>? wholeLog = null)
{
    private RaftLog _log = new();

    /// <summary>Its name.</summary>
    public NodeId Id { get; } = id;

    /// <summary>What the node is after this step.</summary>
    public NodeState State { get; internal set; }

    /// <summary>
    /// The log in the memory of the running node, with the entries that snapshots replaced; the last one's where it is down.
    /// </summary>
    public RaftLog Log
    {
        get => wholeLog?.Invoke() ?? _log;
        internal set => _log = value;
    }

    /// <summary>What is on its disk.</summary>
    public DiskView Disk { get; } = new();

    /// <summary>The node before it lost its disk; null where it never did.</summary>
    public NodeView? Former { get; internal init; }

    /// <summary>Whether it has lost its disk, or the end of it, and is not readmitted since.</summary>
    public bool IsForgetful { get; internal set; }

    /// <summary>How much faster or slower than true time the node's clock runs; 1 where it is right.</summary>
    public double ClockRate { get; internal set; } = 1;

    /// <summary>Whether it wants to lead: of the settings what nodes need not share.</summary>
    public LeadershipPreference Preference { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Id.Value;
}

/// <summary>A node's state between two steps. An incarnation is the time between a start and a crash, stop or failure.</summary>
/// <param name="Incarnation">Counts the starts of the node actor, from 1.</param>
/// <param name="IsRunning">Whether it has recovered and takes part.</param>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="VotedFor">Its vote of that term.</param>
/// <param name="Leader">The leader of that term, where it knows.</param>
/// <param name="CommitIndex">Its commit index.</param>
/// <param name="LastApplied">Last index that its state machine said to have applied.</param>
/// <param name="DurableIndex">Last index that it believes to be on its disk.</param>
/// <param name="LastIndex">Its last entry's index.</param>
/// <param name="LastTerm">Its last entry's term.</param>
/// <param name="SnapshotIndex">Last index that the snapshot replaces which it believes to be on its disk.</param>
/// <param name="StartIndex">Last index that it has no entry of any more.</param>
/// <param name="PendingProposals">Proposals that it has taken as leader and that are in no log yet.</param>
/// <param name="IsWriting">Whether its journal writes.</param>
/// <param name="IsDeleting">Whether its journal deletes.</param>
/// <param name="IsTransferring">Whether a transfer of the leadership is under way.</param>
internal readonly record struct NodeState(
    int Incarnation,
    bool IsRunning,
    RaftRole Role,
    Term Term,
    NodeId? VotedFor,
    NodeId? Leader,
    LogIndex CommitIndex,
    LogIndex LastApplied,
    LogIndex DurableIndex,
    LogIndex LastIndex,
    Term LastTerm,
    LogIndex SnapshotIndex = default,
    LogIndex StartIndex = default,
    int PendingProposals = 0,
    bool IsWriting = false,
    bool IsDeleting = false,
    bool IsTransferring = false);

/// <summary>What changed in a node in one step.</summary>
/// <param name="Node">The node; its state is the one after the step.</param>
/// <param name="Before">Its state before the step. Of another incarnation where the node was started in it.</param>
/// <param name="FirstChanged">First index at which the log differs from before; null where it does not.</param>
internal sealed record NodeChange(NodeView Node, NodeState Before, LogIndex? FirstChanged)
{
    /// <summary>Its state after the step.</summary>
    public NodeState After => Node.State;

    /// <summary>Whether it is the same incarnation as before, and it was running.</summary>
    public bool IsSameIncarnation => Before.IsRunning && Before.Incarnation == After.Incarnation;
}

/// <summary>What a node's disk holds, as its events tell when they are replayed in order.</summary>
internal sealed class DiskView
{
    /// <summary>The node's incarnation; null where the journal names none.</summary>
    public Incarnation? Self { get; internal set; }

    /// <summary>Whether the node has noted that it lost something, and not that it is readmitted.</summary>
    public bool AwaitsReadmission { get; internal set; }

    /// <summary>The cluster that the node belongs to; null while there is none on disk.</summary>
    public ClusterId? Cluster { get; internal set; }

    /// <summary>The term on disk.</summary>
    public Term Term { get; internal set; }

    /// <summary>The vote of that term on disk.</summary>
    public NodeId? VotedFor { get; internal set; }

    /// <summary>Last index that the newest whole snapshot on disk replaces.</summary>
    public LogIndex SnapshotIndex { get; internal set; }

    /// <summary>The log on disk, with the entries that snapshots replaced.</summary>
    public RaftLog Log { get; internal set; } = new();

    /// <summary>Every vote that was ever on disk, by its term.</summary>
    public IDictionary<Term, NodeId> Votes { get; } = new Dictionary<Term, NodeId>();

    /// <param name="e">What is on the disk now.</param>
    /// <param name="endAt">Makes a log whole up to the entry that a snapshot keeps entries after.</param>
    internal void Replay(RaftEvent e, Func<RaftLog, LogPoint, LogIndex> endAt)
    {
        switch (e)
        {
            case JournalBegun begun: Self = begun.Self; break;
            case ClusterFormed formed: Cluster = formed.Cluster; break;
            case ReadmissionSought sought: (Cluster, Self, AwaitsReadmission) = (sought.Formed.Cluster, sought.Self, true); break;
            case Readmitted: AwaitsReadmission = false; break;
            case TermStarted started:
                (Term, VotedFor) = (started.Term, started.VotedFor);
                if (started.VotedFor is { } candidate) Votes[started.Term] = candidate;
                break;
            case EntriesAppended appended: Log.Append(appended.Entries); break;
            case LogTruncated truncated: Log.TruncateFrom(truncated.From); break;
            case SnapshotSaved saved:
                (Cluster, Term, VotedFor, SnapshotIndex) = (saved.Formed.Cluster, saved.Term, saved.VotedFor, saved.Last.Index);
                if (saved.VotedFor is { } voted) Votes[saved.Term] = voted;
                endAt(Log, saved.Start);
                Log.Append(saved.Entries);
                break;
            default: break;
        }
    }
}
