using Microsoft.Data.Sqlite;

namespace Raft.Host.Storage;

/// <summary>
/// The connection through which a journal changes its file. It opens when it is first needed, and again after a failure: to
/// close it rolls back a transaction that has not ended. Not thread-safe.
/// </summary>
/// <param name="open">Opens a connection that changes the journal.</param>
internal sealed class JournalConnection(Func<SqliteConnection> open) : IDisposable
{
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private JournalStatements? _statements;

    /// <summary>Inserts rows in one transaction. They are durable when the method returns.</summary>
    /// <exception cref="SqliteException">
    /// The disk is full or failed, another process held the lock for too long, or the journal has an event with the same number.
    /// No row is written, unless the disk failed: then it is unknown whether all or none are.
    /// </exception>
    public void Insert(IReadOnlyList<JournalRow> rows) => Execute(statements => statements.Insert(rows));

    /// <summary>
    /// Deletes the events of a persistent actor up to a number in one transaction. The number of the newest event remains
    /// taken.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or failed, or another process held the lock for too long.</exception>
    public void Delete(string persistenceId, long toSequenceNr) =>
        Execute(statements => statements.Delete(persistenceId, toSequenceNr));

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _statements?.Dispose();
        _statements = null;
    }

    private void Execute(Action<JournalStatements> change)
    {
        try
        {
            change(_statements ??= new JournalStatements(open(), _writer));
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
