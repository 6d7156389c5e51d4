using Akka.Configuration;
using Akka.Persistence.Sql.Journal;

namespace Raft.Host.Storage;

/// <summary>
/// The journal of Akka.Persistence.Sql, which syncs pending data to disk before any recovery: at the start of the process, and
/// when the node's actor restarts after a failed write. The node then reports what it recovered as durable.
/// </summary>
internal class SyncedJournal : SqlWriteJournal
{
    /// <param name="journalConfig">The section of the plugin; <c>connection-string</c> names the file.</param>
    public SyncedJournal(Config journalConfig)
        : base(journalConfig) => File = JournalFile.Of(journalConfig.GetString("connection-string"));

    /// <summary>The database of the journal.</summary>
    protected JournalFile File { get; }

    /// <summary>
    /// Every recovery calls this first. It waits for a pending write of the previous incarnation of the actor, and syncs it with
    /// the rest.
    /// </summary>
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        var highest = await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken)
            .ConfigureAwait(false);
        await Task.Run(File.Sync, cancellationToken).ConfigureAwait(false);
        return highest;
    }
}
