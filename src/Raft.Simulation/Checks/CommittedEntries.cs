using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>What was ever committed: for each index the entry's term, and who was the first to say so, in which term.</summary>
internal sealed class CommittedEntries
{
    private readonly List<CommittedEntry> _entries = [];

    /// <summary>The last index that any node ever committed.</summary>
    public LogIndex Last => new(_entries.Count);

    /// <summary>The fact about an index up to <see cref="Last"/>.</summary>
    public CommittedEntry this[LogIndex index] => _entries[(int)index.Value - 1];

    /// <summary>The term of the entry that is committed at an index; null where none is.</summary>
    public Term? TermAt(LogIndex index) => index > LogIndex.Zero && index <= Last ? this[index].Term : null;

    /// <summary>Takes what a node committed and nobody did before.</summary>
    /// <returns>Whether there was anything new.</returns>
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
    /// <summary>The fact as a clause.</summary>
    public override string ToString() => $"{By} committed entry {Index} of term {Term} in term {InTerm}";
}
