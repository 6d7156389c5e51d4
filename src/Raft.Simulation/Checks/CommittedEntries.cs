using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// All entries that were ever committed: for each index, the term of the entry, and which node committed it first, in which
/// term.
/// </summary>
internal sealed class CommittedEntries
{
    private readonly List<CommittedEntry> _entries = [];

    /// <summary>The last index that any node ever committed.</summary>
    public LogIndex Last => new(_entries.Count);

    /// <summary>Returns the committed entry at an index up to <see cref="Last"/>.</summary>
    public CommittedEntry this[LogIndex index] => _entries[(int)index.Value - 1];

    /// <summary>Returns the term of the committed entry at an index; null if there is none.</summary>
    public Term? TermAt(LogIndex index) => index > LogIndex.Zero && index <= Last ? this[index].Term : null;

    /// <summary>Records the entries that a node committed before any other node did.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Observe(NodeChange change)
    {
        var after = change.After;
        if (!after.IsRunning || after.CommitIndex <= Last) return false;
        while (Last < after.CommitIndex && change.Node.Log.TermAt(Last.Next()) is { } term)
            _entries.Add(new CommittedEntry(Last.Next(), term, after.Term, change.Node.Id));
        return true;
    }
}

/// <summary>An entry that is committed.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Term">Its term.</param>
/// <param name="InTerm">The term of the node that committed it first.</param>
/// <param name="By">That node.</param>
internal readonly record struct CommittedEntry(LogIndex Index, Term Term, Term InTerm, NodeId By)
{
    /// <summary>Describes the entry as a clause.</summary>
    public override string ToString() => $"{By} committed entry {Index} of term {Term} in term {InTerm}";
}
