using Akka.Configuration;
using Akka.Persistence.Sql.Journal;

namespace Raft.Host.Storage;

/// <summary>
/// The journal of Akka.Persistence.Sql that syncs what is on its way to the disk before anybody recovers from it: at the start of
/// the process, and when the node's actor is started again after a write that failed. A node reports what it recovered as durable.
/// </summary>
internal sealed class SyncedJournal : SqlWriteJournal
{
    private readonly JournalFile _file;

    /// <param name="journalConfig">The plugin's section; <c>connection-string</c> names the file.</param>
    public SyncedJournal(Config journalConfig)
        : base(journalConfig) => _file = JournalFile.Of(journalConfig.GetString("connection-string"));

    /// <summary>
    /// Every recovery asks for this first. A write of the actor's former life that is still under way is waited for, and then
    /// synced with the rest.
    /// </summary>
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        var highest = await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken).ConfigureAwait(false);
        await Task.Run(_file.Sync, cancellationToken).ConfigureAwait(false);
        return highest;
    }
}
