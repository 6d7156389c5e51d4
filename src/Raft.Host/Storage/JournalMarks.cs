using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Raft.Host.Storage;

/// <summary>
/// The records of a data folder about its journal, in two small files. <c>journal-state</c> is durable before anything depends on
/// it: whether the node runs or was shut down cleanly, whether it belongs to a cluster, and what the journal lost.
/// <c>journal-reached</c> is the number of an event that the journal had on disk. It is never synced, so it may be too low, but
/// never too high.
/// </summary>
internal sealed class JournalMarks : IDisposable
{
    private const string StateFile = "journal-state";
    private const string Running = "running";
    private const string Ended = "ended in order";
    private const string Member = "member of a cluster";
    private const string Lost = "lost: ";
    private const int NumberLength = 20;

    private readonly string _stateFile;
    private readonly SafeFileHandle _reachedFile;

    private JournalMarks(string folder)
    {
        _stateFile = Path.Combine(folder, StateFile);
        _reachedFile = File.OpenHandle(
            Path.Combine(folder, "journal-reached"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    /// <summary>Whether the folder has had a journal.</summary>
    public bool Exist { get; private set; }

    /// <summary>Whether the node was not shut down cleanly: it was killed, or the power failed.</summary>
    public bool EndedAbruptly { get; private set; }

    /// <summary>Whether the node belongs to a cluster, so that other nodes depend on it.</summary>
    public bool IsMember { get; private set; }

    /// <summary>What the journal lost, until it has an event that was written after the loss; null for nothing.</summary>
    public string? Loss { get; private set; }

    /// <summary>The number of an event that the journal had on disk; 0 if none is known.</summary>
    public long Reached { get; private set; }

    /// <summary>Reads the marks of a folder.</summary>
    /// <exception cref="IOException">The files can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files can't be read.</exception>
    public static JournalMarks Read(string folder)
    {
        var marks = new JournalMarks(folder);
        marks.ReadState();
        marks.ReadReached();
        return marks;
    }

    /// <summary>Returns whether a folder, even if another process holds it, belongs to a node of a cluster.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read.</exception>
    public static bool IsOfMember(string folder) => Lines(Path.Combine(folder, StateFile))?.Contains(Member) == true;

    /// <summary>Records that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void WriteMember()
    {
        IsMember = true;
        WriteRunning(Loss);
    }

    /// <summary>Records that the node runs. The record is durable when the method returns.</summary>
    /// <param name="loss">What the journal lost; null for nothing.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void WriteRunning(string? loss) => Write(Running, loss);

    /// <summary>
    /// Records that the node was shut down cleanly and the database file is complete. Durable when the method returns.
    /// </summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void WriteEnded()
    {
        RandomAccess.FlushToDisk(_reachedFile);
        Write(Ended, Loss);
    }

    /// <summary>
    /// Records up to which event the journal is durable. Written in place with a fixed length, so a reader never sees half of it.
    /// </summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void WriteReached(long sequenceNr)
    {
        var text = sequenceNr.ToString($"D{NumberLength}", CultureInfo.InvariantCulture) + "\n";
        RandomAccess.Write(_reachedFile, Encoding.ASCII.GetBytes(text), fileOffset: 0);
        Reached = sequenceNr;
    }

    public void Dispose() => _reachedFile.Dispose();

    private void Write(string state, string? loss)
    {
        string?[] lines = [state, IsMember ? Member : null, loss is null ? null : Lost + loss];
        FileSync.Replace(_stateFile, string.Join('\n', lines.Where(l => l is not null)) + "\n");
        Loss = loss;
    }

    /// <summary>A damaged file does not prove a clean shutdown.</summary>
    private void ReadState()
    {
        var lines = Lines(_stateFile);
        Exist = lines is not null;
        EndedAbruptly = lines is not (null or [Ended, ..]);
        IsMember = lines?.Contains(Member) == true;
        Loss = lines?.FirstOrDefault(l => l.StartsWith(Lost, StringComparison.Ordinal))?[Lost.Length..];
    }

    private static string[]? Lines(string file) => File.Exists(file) ? File.ReadAllLines(file) : null;

    private void ReadReached()
    {
        Span<byte> text = stackalloc byte[NumberLength];
        var length = RandomAccess.Read(_reachedFile, text, fileOffset: 0);
        Reached = long.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
