using Microsoft.Data.Sqlite;

namespace Raft.Host.Storage;

/// <summary>The prepared statements of a journal's connection.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _mark;

    /// <param name="connection">An open connection. This object owns it from now on.</param>
    /// <param name="writer">The name of this journal in the rows that it writes.</param>
    public JournalStatements(SqliteConnection connection, string writer)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _insert = Prepare(
            """
            INSERT INTO journal
              (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
            VALUES ($created, 0, $persistence_id, $sequence_number, $message, $tags, $manifest, $identifier, $writer)
            """,
            "$created", "$persistence_id", "$sequence_number", "$message", "$tags", "$manifest", "$identifier", "$writer");
        _insert.Parameters["$writer"].Value = writer;
        _delete = Prepare(
            """
            DELETE FROM journal
            WHERE persistence_id = $persistence_id AND sequence_number <= $to AND sequence_number <
              (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = $persistence_id)
            """,
            "$persistence_id", "$to");
        _mark = Prepare(
            "UPDATE journal SET deleted = 1 WHERE persistence_id = $persistence_id AND sequence_number <= $to",
            "$persistence_id", "$to");
    }

    /// <summary>Inserts rows in one transaction, and syncs the write-ahead log. One row needs no explicit transaction.</summary>
    public void Insert(IReadOnlyList<JournalRow> rows)
    {
        if (rows.Count > 1) _begin.ExecuteNonQuery();
        foreach (var row in rows) Insert(row);
        if (rows.Count > 1) _commit.ExecuteNonQuery();
    }

    /// <summary>
    /// Deletes the rows up to a number. The newest row of all remains, marked as deleted, so that its number is not used again.
    /// </summary>
    public void Delete(string persistenceId, long toSequenceNr)
    {
        _begin.ExecuteNonQuery();
        foreach (var statement in new[] { _delete, _mark })
        {
            statement.Parameters[0].Value = persistenceId;
            statement.Parameters[1].Value = toSequenceNr;
            statement.ExecuteNonQuery();
        }

        _commit.ExecuteNonQuery();
    }

    /// <summary>Closes the connection; a transaction that has not ended is rolled back.</summary>
    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _insert, _delete, _mark }) statement.Dispose();
        _connection.Dispose();
    }

    private void Insert(in JournalRow row)
    {
        _insert.Parameters[0].Value = row.Created;
        _insert.Parameters[1].Value = row.PersistenceId;
        _insert.Parameters[2].Value = row.SequenceNr;
        _insert.Parameters[3].Value = row.Message;
        _insert.Parameters[4].Value = row.Tags;
        _insert.Parameters[5].Value = row.Manifest;
        _insert.Parameters[6].Value = row.SerializerId;
        _insert.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var statement = _connection.CreateCommand();
        statement.CommandText = sql;
        foreach (var name in parameters) statement.Parameters.Add(new SqliteParameter { ParameterName = name });
        return statement;
    }
}
