using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Raft.Host.Storage;

/// <summary>
/// What a data folder says of its journal, in two small files beside it. <c>journal-state</c> is on disk before anything rests on
/// it: whether the node runs or ended in order, whether it belongs to a cluster, and what the journal lost. <c>journal-reached</c> is the number of an event that
/// the journal had on disk; it is never synced, so it may be too low, and never too high.
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

    /// <summary>Whether the folder had a journal before.</summary>
    public bool Exist { get; private set; }

    /// <summary>Whether the node ended without a word: killed, or by a power cut.</summary>
    public bool EndedAbruptly { get; private set; }

    /// <summary>Whether the node belongs to a cluster, so that others wait for it.</summary>
    public bool IsMember { get; private set; }

    /// <summary>What the journal lost, and has not yet an event that was written after it; null for nothing.</summary>
    public string? Loss { get; private set; }

    /// <summary>The journal had at least this event.</summary>
    public long Reached { get; private set; }

    /// <summary>Reads the marks of a folder.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">They can't be read.</exception>
    public static JournalMarks Read(string folder)
    {
        var marks = new JournalMarks(folder);
        marks.ReadState();
        marks.ReadReached();
        return marks;
    }

    /// <summary>Whether a folder, which another process may have, is that of a node that belongs to a cluster.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be read.</exception>
    public static bool IsOfMember(string folder) => Lines(Path.Combine(folder, StateFile))?.Contains(Member) == true;

    /// <summary>Writes that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void WriteMember()
    {
        IsMember = true;
        WriteRunning(Loss);
    }

    /// <summary>Writes that the node runs from now on; on disk when this returns.</summary>
    /// <param name="loss">What the journal lost; null for nothing.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public void WriteRunning(string? loss) => Write(Running, loss);

    /// <summary>Writes that the node ended in order and the database file has everything; on disk when this returns.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void WriteEnded()
    {
        RandomAccess.FlushToDisk(_reachedFile);
        Write(Ended, Loss);
    }

    /// <summary>Writes up to where the journal is on disk. In place and of one length: what is read later is never half of it.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
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

    /// <summary>A file that is damaged does not say that the node ended in order.</summary>
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
