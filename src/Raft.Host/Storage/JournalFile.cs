using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Programs.Configuration;

namespace Raft.Host.Storage;

/// <summary>
/// The SQLite database of a node's journal, and its write-ahead log. Akka.Persistence reads and writes its events. Only SQLite
/// may open the database file: closing it anywhere else in the process would release SQLite's locks on it.
/// </summary>
/// <param name="path">The full path of the database file.</param>
internal sealed class JournalFile(string path)
{
    private const int DiskIsFull = 13;

    /// <summary>How long a write waits for another one, such as a checkpoint of the journal's keeper.</summary>
    private const int LockTimeoutSeconds = 5;

    /// <summary>
    /// The table that Akka.Persistence.Sql uses, without the indexes that only its queries use and without the AUTOINCREMENT
    /// counter: each would be one more page to write and sync with every event.
    /// </summary>
    private const string Table = """
        CREATE TABLE IF NOT EXISTS journal (
          ordering INTEGER PRIMARY KEY,
          created INTEGER NOT NULL,
          deleted INTEGER NOT NULL,
          persistence_id TEXT NOT NULL,
          sequence_number INTEGER NOT NULL,
          message BLOB NOT NULL,
          tags TEXT,
          manifest TEXT,
          identifier INTEGER,
          writer_uuid TEXT,
          UNIQUE (persistence_id, sequence_number))
        """;

    private readonly FileInfo _database = new(path);
    private readonly FileInfo _log = new(path + "-wal");

    /// <summary>The path of the database file.</summary>
    public string Path => path;

    /// <summary>
    /// The path of the write-ahead log, which SQLite creates beside the database and deletes with the last connection.
    /// </summary>
    public string LogPath => _log.FullName;

    /// <summary>The connection string for Akka.Persistence.Sql.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();

    /// <summary>The size of the database file in bytes; 0 if it does not exist.</summary>
    public long DatabaseBytes => LengthOf(_database);

    /// <summary>The size of the write-ahead log in bytes; 0 if it does not exist.</summary>
    public long LogBytes => LengthOf(_log);

    /// <summary>Whether the database file exists, even if it is empty.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Whether the write-ahead log exists, even if it is empty.</summary>
    public bool HasLog => File.Exists(_log.FullName);

    /// <summary>Returns the journal that a connection string names.</summary>
    public static JournalFile Of(string connectionString) => new(new SqliteConnectionStringBuilder(connectionString).DataSource);

    /// <summary>Returns the sequence number of the newest durable event; 0 if there is none.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public static long HighestSequenceNr(SqliteConnection connection) =>
        long.TryParse(
            Execute(connection, "SELECT sequence_number FROM journal ORDER BY ordering DESC LIMIT 1"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : 0;

    /// <summary>
    /// Moves the contents of the write-ahead log into the database file and syncs both, as far as readers permit.
    /// </summary>
    /// <param name="connection">A connection to the database.</param>
    /// <param name="mode">The checkpoint mode of SQLite: PASSIVE blocks no writer, TRUNCATE also empties the log file.</param>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public static void Checkpoint(SqliteConnection connection, string mode) => Pragma(connection, $"wal_checkpoint({mode})");

    /// <summary>Returns the mode in which the journal is written, such as <c>wal, synchronous 2</c>.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public string Mode()
    {
        using var connection = Connect();
        return $"{Pragma(connection, "journal_mode")}, synchronous {Pragma(connection, "synchronous")}";
    }

    /// <summary>
    /// Opens the journal, creates it if it does not exist, and verifies the settings that make a commit durable.
    /// </summary>
    /// <returns>A connection outside of the pool. While it is open, SQLite keeps the file of the write-ahead log.</returns>
    /// <exception cref="StartupException">The journal mode does not survive a power failure.</exception>
    /// <exception cref="SqliteException">The journal can't be used.</exception>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        try
        {
            connection.Open();
            var mode = Pragma(connection, "journal_mode = WAL");
            var synchronous = Pragma(connection, "synchronous");
            if (mode != "wal" || synchronous != "2")
                throw new StartupException(
                    $"{path} has journal_mode {mode} and synchronous {synchronous}. They must be wal and 2 (FULL), or a power "
                    + "failure can lose acknowledged writes. Do not put the data folder on a network drive.");
            Execute(connection, Table);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that changes the journal and waits for the lock of another writer.</summary>
    /// <returns>A connection outside of the pool, which syncs every commit.</returns>
    /// <exception cref="SqliteException">The journal can't be used.</exception>
    public SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False;Default Timeout={LockTimeoutSeconds}");
        try
        {
            connection.Open();
            Pragma(connection, "synchronous = FULL");

            // SQLite looks again after a few milliseconds; Microsoft.Data.Sqlite would sleep for 150.
            Pragma(connection, $"busy_timeout = {LockTimeoutSeconds * 1000}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes everything durable that can be read from the journal. After SIGKILL or a failed sync, SQLite reads from its
    /// write-ahead log what may be only in the memory of the operating system, and a power failure would lose it.
    /// </summary>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void Sync()
    {
        if (HasLog) FileSync.File(LogPath);
        FileSync.Folder(_database.DirectoryName!);
        try
        {
            // After a failed sync, Linux considers the pages written. A checkpoint writes them again, elsewhere.
            using var connection = Connect();
            Checkpoint(connection, "PASSIVE");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == DiskIsFull)
        {
            // The log is synced and remains unchanged.
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    private static long LengthOf(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }

    private static string Pragma(SqliteConnection connection, string pragma) => Execute(connection, $"PRAGMA {pragma}");

    private static string Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
