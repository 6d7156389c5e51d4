using Microsoft.Data.Sqlite;
using Raft.Actors.Protocol;
using Raft.Host.Storage;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// The data folder of a node: the journal, the node id, and a lock, since two processes on one journal would corrupt it. The
/// owner of the folder is checked before anything is written into it.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string JournalFileName = "journal.db";
    private const string NameFile = "node-id";

    private readonly FileStream _lock;
    private readonly JournalFile _journal;
    private readonly JournalKeeper _keeper;

    private DataFolder(string path, FileStream @lock, NodeId node, JournalFile journal, JournalKeeper keeper)
    {
        Folder = path;
        _lock = @lock;
        Node = node;
        _journal = journal;
        _keeper = keeper;
    }

    /// <summary>
    /// Returns whether a folder belongs to a single node; a folder that replicas share contains one folder per node.
    /// </summary>
    public static bool IsOfOneNode(string path) => File.Exists(Path.Combine(path, NameFile));

    /// <summary>The id of the node that owns the folder.</summary>
    public NodeId Node { get; }

    /// <summary>The path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The connection string for Akka.Persistence.Sql.</summary>
    public string ConnectionString => _journal.ConnectionString;

    /// <summary>
    /// Why the journal may lack entries or votes that the node has acknowledged, as a clause; null if nothing is known to be
    /// missing. The node starts anyway with what is left.
    /// </summary>
    public string? JournalLoss => _keeper.Loss;

    /// <summary>Whether the node is known to belong to a cluster.</summary>
    public bool IsOfMember => _keeper.IsMember;

    /// <summary>The size of the journal in bytes, including what SQLite has not yet moved into the database file.</summary>
    public long JournalBytes => _journal.DatabaseBytes + _journal.LogBytes;

    /// <summary>The size of the journal's write-ahead log in bytes.</summary>
    public long JournalLogBytes => _journal.LogBytes;

    /// <summary>The mode in which the journal is written, such as <c>wal, synchronous 2</c>.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public string JournalMode() => _journal.Mode();

    /// <summary>Opens a data folder for a node, creates it if it does not exist, and checks its contents.</summary>
    /// <param name="path">The path of the folder.</param>
    /// <param name="wanted">The node id; null for the id stored in the folder, or else the host name.</param>
    /// <exception cref="StartupException">The folder can't be used. The message says why and what to do.</exception>
    public static DataFolder Open(string path, NodeId? wanted) => OpenIfFree(path, wanted)
        ?? throw new StartupException(
            $"The data folder {Path.GetFullPath(path)} is locked. Another node is probably running on it.");

    /// <summary>Like <see cref="Open"/>, but does not throw if another process holds the folder.</summary>
    /// <returns>The folder; null if another process holds it.</returns>
    /// <exception cref="StartupException">The folder can't be used. The message says why and what to do.</exception>
    public static DataFolder? OpenIfFree(string path, NodeId? wanted)
    {
        var folder = Path.GetFullPath(path);
        if (FolderLock.Take(folder) is not { } taken) return null;
        try
        {
            var known = ReadName(folder);
            var node = Choose(folder, known, wanted);
            var journal = new JournalFile(Path.Combine(folder, JournalFileName));
            var keeper = OpenJournal(journal, JournalMarks.Read(folder), wasThere: known is not null);
            if (known is null) WriteName(folder, node, keeper);
            return new DataFolder(folder, taken, node, journal, keeper);
        }
        catch (Exception e)
        {
            taken.Dispose();
            if (DiskFull.IsCause(e, folder)) throw new StartupException(DiskFull.Advice(folder), e);
            if (e is SqliteException)
                throw new StartupException(
                    $"{Path.Combine(folder, JournalFileName)} can't be used as a journal: {e.Message} Nothing was changed. "
                + "Keep the "
                    + "file and do not replace it with an older copy. See docs/operate.md for how to recover the node.",
                    e);
            if (e is IOException or UnauthorizedAccessException)
                throw new StartupException($"Can't write to the data folder {folder}: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Records that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">The record can't be written.</exception>
    public void MarkMember() => _keeper.MarkMember();

    /// <summary>Closes the journal cleanly and releases the folder.</summary>
    public void Dispose()
    {
        _keeper.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        _lock.Dispose();
    }

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
            throw new StartupException($"{file} is damaged: {e.Message} Write the id of this node into it.", e);
        }
    }

    private static NodeId Choose(string folder, NodeId? known, NodeId? wanted)
    {
        if (known is { } name && wanted is { } other && name != other)
            throw new StartupException(
                $"The data folder {folder} belongs to node {name}, but RAFT_NODE_ID is {other}. Name the folder of {other} in "
                + "RAFT_DATA.");
        try
        {
            return wanted ?? known ?? NodeId.Parse(Environment.MachineName);
        }
        catch (FormatException e)
        {
            throw new StartupException($"The host name is not a valid node id: {e.Message} Set RAFT_NODE_ID.", e);
        }
    }

    private static JournalKeeper OpenJournal(JournalFile journal, JournalMarks marks, bool wasThere)
    {
        try
        {
            return JournalKeeper.Begin(journal, marks, wasThere);
        }
        catch
        {
            marks.Dispose();
            throw;
        }
    }

    /// <summary>Writes the node id last: a folder with a node id has had a journal.</summary>
    private static void WriteName(string folder, NodeId node, JournalKeeper keeper)
    {
        try
        {
            FileSync.Replace(Path.Combine(folder, NameFile), node.Value + "\n");
        }
        catch
        {
            keeper.Dispose();
            throw;
        }
    }
}
