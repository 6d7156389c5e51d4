namespace Raft.Actors.Protocol;

/// <summary>
/// What is kept of the last entry that a snapshot replaces (Raft §7), for the consistency check of the next entry and for log
/// time.
/// </summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Term">Its term.</param>
/// <param name="Time">Its log time.</param>
internal readonly record struct LogPoint(LogIndex Index, Term Term, TimeSpan Time)
{
    /// <summary>Before the first entry: no entry is replaced.</summary>
    public static readonly LogPoint Zero = new(LogIndex.Zero, Term.Zero, TimeSpan.Zero);
}
