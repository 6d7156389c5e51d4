namespace Raft.Actors.Protocol;

/// <summary>
/// What is kept of the last entry that a snapshot replaces (Raft §7): enough for the consistency check of the entry after it, and
/// for the log's clock to go on.
/// </summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Term">Its term.</param>
/// <param name="Time">Its log time.</param>
internal readonly record struct LogPoint(LogIndex Index, Term Term, TimeSpan Time)
{
    /// <summary>Before the first entry: nothing is replaced.</summary>
    public static readonly LogPoint Zero = new(LogIndex.Zero, Term.Zero, TimeSpan.Zero);
}
