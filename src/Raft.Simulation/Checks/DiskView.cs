using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>The contents of a node's disk, as obtained by replaying its events in order.</summary>
internal sealed class DiskView
{
    /// <summary>The node's incarnation; null if the journal names none.</summary>
    public Incarnation? Self { get; internal set; }

    /// <summary>Whether the journal says that the node lost data, and not that it was readmitted.</summary>
    public bool AwaitsReadmission { get; internal set; }

    /// <summary>The node's cluster; null if the journal names none.</summary>
    public ClusterId? Cluster { get; internal set; }

    /// <summary>The term on disk.</summary>
    public Term Term { get; internal set; }

    /// <summary>The vote of that term on disk.</summary>
    public NodeId? VotedFor { get; internal set; }

    /// <summary>The last index in the newest complete snapshot on disk.</summary>
    public LogIndex SnapshotIndex { get; internal set; }

    /// <summary>The log on disk, with the entries that snapshots replaced.</summary>
    public RaftLog Log { get; internal set; } = new();

    /// <summary>Every vote that was ever on disk, by its term.</summary>
    public IDictionary<Term, NodeId> Votes { get; } = new Dictionary<Term, NodeId>();

    /// <summary>Applies the next event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="endAt">Completes a log up to the entry after which a snapshot keeps entries.</param>
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
