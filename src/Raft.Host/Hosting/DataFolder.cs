using Microsoft.Data.Sqlite;
using Raft.Actors.Protocol;
using Raft.Host.Storage;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// A node's folder: the journal, the node's name, and a lock, since two processes on one journal would corrupt it. Whose
/// folder it is is checked before anything that belongs to a node is written.
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

    /// <summary>Whether a folder is one node's own; a folder that replicas share holds folders of theirs.</summary>
    public static bool IsOfOneNode(string path) => File.Exists(Path.Combine(path, NameFile));

    /// <summary>The node that the folder belongs to.</summary>
    public NodeId Node { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>For Akka.Persistence.Sql.</summary>
    public string ConnectionString => _journal.ConnectionString;

    /// <summary>
    /// Why the journal can't be trusted to have everything that the node promised, as a clause; null where nothing is known to be
    /// missing. The node starts all the same, on what is left.
    /// </summary>
    public string? JournalLoss => _keeper.Loss;

    /// <summary>Whether the node is known to belong to a cluster.</summary>
    public bool IsOfMember => _keeper.IsMember;

    /// <summary>Size of the journal, with what SQLite has not yet moved into its file.</summary>
    public long JournalBytes => _journal.DatabaseBytes + _journal.LogBytes;

    /// <summary>Size of the journal's write-ahead log.</summary>
    public long JournalLogBytes => _journal.LogBytes;

    /// <summary>How the journal writes, such as <c>wal, synchronous 2</c>.</summary>
    /// <exception cref="SqliteException">The journal can't be read.</exception>
    public string JournalMode() => _journal.Mode();

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
                    $"{Path.Combine(folder, JournalFileName)} can't be used as a journal: {e.Message} Nothing was changed. Keep the "
                    + "file, and put no older one in its place: docs/operate.md says how the node comes back.",
                    e);
            if (e is IOException or UnauthorizedAccessException)
                throw new StartupException($"The data folder {folder} can't be written: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Takes note that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void MarkMember() => _keeper.MarkMember();

    /// <summary>Ends the journal in order, and lets the folder go.</summary>
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
            throw new StartupException($"{file} is damaged: {e.Message} Write this node's name into it.", e);
        }
    }

    private static NodeId Choose(string folder, NodeId? known, NodeId? wanted)
    {
        if (known is { } name && wanted is { } other && name != other)
            throw new StartupException(
                $"The data folder {folder} belongs to node {name}, and RAFT_NODE_ID is {other}. Name the folder of {other} in "
                + "RAFT_DATA.");
        try
        {
            return wanted ?? known ?? NodeId.Parse(Environment.MachineName);
        }
        catch (FormatException e)
        {
            throw new StartupException($"The host name can't be this node's name: {e.Message} Set RAFT_NODE_ID.", e);
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

    /// <summary>The name comes last: a folder that has one had a journal.</summary>
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
