using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Durability;

/// <summary>
/// The events on a disk are consistent: terms never decrease, the vote of a term never changes, entries are consecutive and
/// never newer than the term, and only existing entries are removed (Raft §5.1 to §5.3, Figure 2).
/// </summary>
internal sealed class JournalOrder : Check
{
    private readonly PerNode<Journal> _journals = new();

    /// <inheritdoc/>
    public override string Name => "journal order";

    /// <inheritdoc/>
    public override string Source => "Raft §5.1–5.3, Figure 2";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var journal = _journals[node];
        for (var i = 0; i < events.Count; i++)
        {
            Examine();
            switch (events[i])
            {
                case TermStarted started: OnTermStarted(node, journal, started); break;
                case EntriesAppended appended: OnAppended(node, journal, appended); break;
                case LogTruncated truncated: OnTruncated(node, journal, truncated); break;
                case SnapshotSaved saved: OnSnapshot(node, journal, saved); break;
            }
        }
    }

    private void OnTermStarted(NodeView node, Journal journal, TermStarted started)
    {
        if (started.Term < journal.Term)
            throw Violated($"the disk of {node} was in term {journal.Term}", $"term {started.Term} was written after it");
        if (started.Term == journal.Term && journal.Vote is { } vote && started.VotedFor != vote)
            throw Violated(
                $"the disk of {node} had a vote for {vote} in term {journal.Term}",
                started.VotedFor is { } other ? $"one for {other} was written over it" : "that vote was taken back");
        (journal.Term, journal.Vote) = (started.Term, started.VotedFor);
    }

    private void OnAppended(NodeView node, Journal journal, EntriesAppended appended)
    {
        foreach (var entry in appended.Entries) Append(node, journal, entry);
    }

    private void Append(NodeView node, Journal journal, LogEntry entry)
    {
        var (last, lastTerm) = (journal.Log.LastIndex, journal.Log.TermAt(journal.Log.LastIndex) ?? Term.Zero);
        if (entry.Index != last.Next() || entry.Term < lastTerm)
            throw Violated(
                $"the log on the disk of {node} ended with entry {last} of term {lastTerm}",
                $"entry {entry.Index} of term {entry.Term} was written after it");
        if (entry.Term > journal.Term)
            throw Violated(
                $"the disk of {node} was in term {journal.Term}",
                $"entry {entry.Index} of the later term {entry.Term} was written to it");
        journal.Log.Append(entry);
    }

    private void OnTruncated(NodeView node, Journal journal, LogTruncated truncated)
    {
        if (truncated.From < new LogIndex(1) || truncated.From > journal.Log.LastIndex)
            throw Violated(
                $"the log on the disk of {node} ended at {journal.Log.LastIndex}",
                $"entries from {truncated.From} on were removed from it");
        journal.Log.Truncate(truncated);
    }

    /// <summary>A snapshot repeats the term and the vote, and the part of the log that it keeps.</summary>
    private void OnSnapshot(NodeView node, Journal journal, SnapshotSaved saved)
    {
        OnTermStarted(node, journal, new TermStarted(saved.Term, saved.VotedFor));
        journal.Log.EndAt(saved.Start);
        foreach (var entry in saved.Entries) Append(node, journal, entry);
        if (journal.Log.TermAt(saved.Last.Index) != saved.Last.Term)
            throw Violated(
                $"the disk of {node} has a snapshot up to entry {saved.Last.Index} of term {saved.Last.Term}",
                $"the log that it keeps has {journal.Log.TermAt(saved.Last.Index)?.ToString() ?? "no"} term there");
    }

    private sealed class Journal
    {
        public Term Term { get; set; }

        public NodeId? Vote { get; set; }

        public DiskTerms Log { get; } = new();
    }
}
