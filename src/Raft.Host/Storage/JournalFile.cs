using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Programs.Configuration;

namespace Raft.Host.Storage;

/// <summary>
/// The SQLite database of a node's journal, as a file beside its write-ahead log. Its events are read and written by
/// Akka.Persistence. Nothing here opens the database file but SQLite: closing it would give up SQLite's locks on it.
/// </summary>
/// <param name="path">The whole path of the file.</param>
internal sealed class JournalFile(string path)
{
    private const int DiskIsFull = 13;

    /// <summary>
    /// The table as Akka.Persistence.Sql maps it, without the indexes that only its queries use and without the counter of
    /// AUTOINCREMENT: each would be one more page to write and to sync with every event.
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

    /// <summary>The database file.</summary>
    public string Path => path;

    /// <summary>The file of the write-ahead log, which SQLite makes beside the database and deletes when nobody has it open.</summary>
    public string LogPath => _log.FullName;

    /// <summary>For Akka.Persistence.Sql.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();

    /// <summary>Size of the database file; 0 where there is none.</summary>
    public long DatabaseBytes => LengthOf(_database);

    /// <summary>Size of the write-ahead log; 0 where there is none.</summary>
    public long LogBytes => LengthOf(_log);

    /// <summary>Whether the database file is there, if only an empty one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Whether the write-ahead log is there, if only an empty one.</summary>
    public bool HasLog => File.Exists(_log.FullName);

    /// <summary>The journal that a connection string names.</summary>
    public static JournalFile Of(string connectionString) => new(new SqliteConnectionStringBuilder(connectionString).DataSource);

    /// <summary>Number of the newest event that is on disk; 0 where there is none.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public static long HighestSequenceNr(SqliteConnection connection) =>
        long.TryParse(
            Execute(connection, "SELECT sequence_number FROM journal ORDER BY ordering DESC LIMIT 1"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : 0;

    /// <summary>Moves what the write-ahead log holds into the database file, and syncs both, as far as readers let it.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="mode">As SQLite calls it: PASSIVE holds up no writer, TRUNCATE makes the log's file empty.</param>
    /// <exception cref="SqliteException">The disk refused it.</exception>
    public static void Checkpoint(SqliteConnection connection, string mode) => Pragma(connection, $"wal_checkpoint({mode})");

    /// <summary>How the journal writes, such as <c>wal, synchronous 2</c>.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public string Mode()
    {
        using var connection = Connect();
        return $"{Pragma(connection, "journal_mode")}, synchronous {Pragma(connection, "synchronous")}";
    }

    /// <summary>Opens the journal, makes it where there is none, and reads back what makes a commit durable.</summary>
    /// <returns>A connection outside the pool; as long as it is open the write-ahead log's file stays.</returns>
    /// <exception cref="StartupException">It writes in a way that a power cut would harm.</exception>
    /// <exception cref="SqliteException">It can't be used.</exception>
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
                    $"{path} has journal_mode {mode} and synchronous {synchronous}; it must be wal and 2 (FULL), or a power cut "
                    + "loses acknowledged writes. Is the file on a network drive?");
            Execute(connection, Table);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts on disk all that can be read from the journal. After SIGKILL, or a sync that failed, SQLite reads back from its
    /// write-ahead log what the operating system has in memory alone, and a power cut would take it away again.
    /// </summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    /// <exception cref="SqliteException">The disk refused it.</exception>
    public void Sync()
    {
        if (HasLog) FileSync.File(LogPath);
        FileSync.Folder(_database.DirectoryName!);
        try
        {
            // After a sync that failed, Linux takes the pages for written. A checkpoint writes them anew, elsewhere.
            using var connection = Connect();
            Checkpoint(connection, "PASSIVE");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == DiskIsFull)
        {
            // The log is synced and stays as it is.
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
