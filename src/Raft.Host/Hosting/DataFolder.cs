using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Actors.Protocol;
using Raft.Lighthouse.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// A node's folder: the journal, the node's name, and a lock, since two processes on one journal would corrupt it. Whose
/// folder it is is checked before anything that belongs to a node is written.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string JournalFile = "journal.db";
    private const string NameFile = "node-id";

    /// <summary>
    /// The table as Akka.Persistence.Sql maps it, without the indexes that only its queries use and without the counter of
    /// AUTOINCREMENT: each would be one more page to write and to sync with every event.
    /// </summary>
    private const string JournalTable = """
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

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock, NodeId node)
    {
        Folder = path;
        _lock = @lock;
        Node = node;
    }

    /// <summary>Whether a folder is one node's own; a folder that replicas share holds folders of theirs.</summary>
    public static bool IsOfOneNode(string path) => File.Exists(Path.Combine(path, NameFile));

    /// <summary>The node that the folder belongs to.</summary>
    public NodeId Node { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>For Akka.Persistence.Sql.</summary>
    public string ConnectionString => ConnectionStringOf(Path.Combine(Folder, JournalFile));

    /// <summary>Size of the journal, with what SQLite has not yet moved into its file.</summary>
    public long JournalBytes => Directory.EnumerateFiles(Folder, JournalFile + "*").Sum(file => new FileInfo(file).Length);

    /// <summary>How the journal writes, such as <c>wal, synchronous 2</c>.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public string JournalMode()
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return $"{Pragma(connection, "journal_mode")}, synchronous {Pragma(connection, "synchronous")}";
    }

    /// <summary>Takes a folder for a node, makes it where there is none, and checks what is in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="wanted">The node's name; null takes the one that the folder has, or else the host's.</param>
    /// <exception cref="StartupException">The folder can't be used; the message says why and what to do.</exception>
    public static DataFolder Open(string path, NodeId? wanted) => OpenIfFree(path, wanted)
        ?? throw new StartupException($"The data folder {Path.GetFullPath(path)} is locked: is another node running on it?");

    /// <summary>As <see cref="Open"/>.</summary>
    /// <returns>The folder; null where another process has it.</returns>
    /// <exception cref="StartupException">The folder can't be used; the message says why and what to do.</exception>
    public static DataFolder? OpenIfFree(string path, NodeId? wanted)
    {
        var folder = Path.GetFullPath(path);
        if (FolderLock.Take(folder) is not { } taken) return null;
        try
        {
            var known = ReadName(folder);
            var node = Choose(folder, known, wanted);
            CheckJournal(folder, isKnown: known is not null);
            if (known is null) File.WriteAllText(Path.Combine(folder, NameFile), node.Value + "\n");
            return new DataFolder(folder, taken, node);
        }
        catch (Exception e)
        {
            taken.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new StartupException($"The data folder {folder} can't be written: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _lock.Dispose();

    private static NodeId? ReadName(string folder)
    {
        var file = Path.Combine(folder, NameFile);
        if (!File.Exists(file)) return null;
        try
        {
            return NodeId.Parse(File.ReadAllText(file).Trim());
        }
        catch (FormatException e)
        {
            throw new StartupException($"{file} is damaged: {e.Message} Write this node's name into it.", e);
        }
    }

    private static NodeId Choose(string folder, NodeId? known, NodeId? wanted)
    {
        if (known is { } name && wanted is { } other && name != other)
            throw new StartupException(
                $"The data folder {folder} belongs to node {name}, and RAFT_NODE_ID is {other}. Give {other} a folder of its own.");
        try
        {
            return wanted ?? known ?? NodeId.Parse(Environment.MachineName);
        }
        catch (FormatException e)
        {
            throw new StartupException($"The host name can't be this node's name: {e.Message} Set RAFT_NODE_ID.", e);
        }
    }

    /// <summary>Makes the journal where there is none, and reads back what makes a commit durable.</summary>
    private static void CheckJournal(string folder, bool isKnown)
    {
        var file = Path.Combine(folder, JournalFile);
        if (isKnown && !File.Exists(file))
            throw new StartupException(
                $"{file} is gone. A node that forgot its votes and entries can lose the cluster's data: restore the file, or "
                + $"delete {folder} to start as a node that never was.");
        try
        {
            using var connection = new SqliteConnection(ConnectionStringOf(file));
            connection.Open();
            var mode = Pragma(connection, "journal_mode = WAL");
            var synchronous = Pragma(connection, "synchronous");
            if (mode != "wal" || synchronous != "2")
                throw new StartupException(
                    $"{file} has journal_mode {mode} and synchronous {synchronous}; it must be wal and 2 (FULL), or a power cut "
                    + "loses acknowledged writes. Is the file on a network drive?");
            Execute(connection, JournalTable);
        }
        catch (SqliteException e)
        {
            throw new StartupException(
                $"{file} can't be used as a journal: {e.Message} Nothing was changed; restore the file from a backup.", e);
        }
    }

    private static string Pragma(SqliteConnection connection, string pragma) => Execute(connection, $"PRAGMA {pragma}");

    private static string Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static string ConnectionStringOf(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();
}
