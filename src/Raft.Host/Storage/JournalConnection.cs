using Microsoft.Data.Sqlite;

namespace Raft.Host.Storage;

/// <summary>
/// The connection through which a journal changes its file. It opens when it is first needed, and again after a failure: closing
/// it undoes a transaction that did not end. Not thread-safe.
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
    public void Insert(IReadOnlyList<JournalRow> rows)
    {
        try
        {
            var statements = Statements();
            if (rows.Count > 1) statements.Begin();
            foreach (var row in rows) statements.Insert(row);
            if (rows.Count > 1) statements.Commit();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Deletes the events of a persistent actor up to a number in one transaction. The number of the newest event remains
    /// taken.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or failed, or another process held the lock for too long.</exception>
    public void Delete(string persistenceId, long toSequenceNr)
    {
        try
        {
            Statements().Delete(persistenceId, toSequenceNr);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _statements?.Dispose();
        _statements = null;
    }

    private JournalStatements Statements() => _statements ??= new JournalStatements(open(), _writer);
}
