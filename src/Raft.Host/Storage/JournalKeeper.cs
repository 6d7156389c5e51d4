using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Host.Storage;

/// <summary>
/// Watches over a journal from its opening to its end: finds out what it lost, keeps the marks that tell the next start, and an open
/// connection, without which SQLite would delete the write-ahead log of a node that has not written for minutes.
/// </summary>
internal sealed class JournalKeeper : IDisposable
{
    /// <summary>
    /// Bytes above which the write-ahead log is made empty. SQLite moves 4 MB at a time and then begins at the file's start again,
    /// unless a reader holds it up; the file stays as large as it was.
    /// </summary>
    public const long MaxLogBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _once = new();
    private readonly JournalFile _file;
    private readonly SqliteConnection _connection;
    private readonly JournalMarks _marks;
    private readonly long _highestAtStart;
    private readonly Timer _timer;
    private bool _isOver;

    private JournalKeeper(JournalFile file, SqliteConnection connection, JournalMarks marks)
    {
        _file = file;
        _connection = connection;
        _marks = marks;
        _highestAtStart = JournalFile.HighestSequenceNr(connection);
        _timer = new Timer(_ => Look(), state: null, Interval, Interval);
    }

    /// <summary>What the journal lost, as a clause; null where nothing is known to be missing.</summary>
    public string? Loss { get; private init; }

    /// <summary>
    /// Opens a journal and makes it where there is none. What it lost is on disk before the journal is touched, and that the node
    /// runs before it can write: whatever ends the process in between, the next start finds the same.
    /// </summary>
    /// <param name="file">The journal.</param>
    /// <param name="marks">What the folder says of it; the keeper disposes them.</param>
    /// <param name="wasThere">Whether the folder says that it had a journal.</param>
    /// <exception cref="StartupException">It writes in a way that a power cut would harm.</exception>
    /// <exception cref="SqliteException">It can't be used.</exception>
    /// <exception cref="IOException">The marks can't be written.</exception>
    public static JournalKeeper Begin(JournalFile file, JournalMarks marks, bool wasThere)
    {
        var loss = marks.Loss ?? Missing(file, marks, wasThere || marks.Exist);
        if (loss is not null) marks.WriteRunning(loss);
        var connection = file.Open();
        try
        {
            loss ??= Short(JournalFile.HighestSequenceNr(connection), marks.Reached);
            file.Sync();
            marks.WriteRunning(loss);
            return new JournalKeeper(file, connection, marks) { Loss = loss };
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool IsMember => _marks.IsMember;

    /// <summary>Takes note that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void MarkMember()
    {
        lock (_once)
        {
            if (!_isOver && !_marks.IsMember) _marks.WriteMember();
        }
    }

    /// <summary>Takes note of how far the journal is, and empties a write-ahead log that a reader made grow.</summary>
    public void Look()
    {
        if (!_once.TryEnter()) return;
        try
        {
            if (_isOver) return;
            Mark();
            if (_file.LogBytes > MaxLogBytes) EmptyLog();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            // The mark stays too low, and the node's own writes tell of the disk.
        }
        finally
        {
            _once.Exit();
        }
    }

    /// <summary>
    /// Ends in order: the database file gets everything, and the marks say so. Only then the connection is closed, with which
    /// SQLite deletes the write-ahead log.
    /// </summary>
    public void Dispose()
    {
        _timer.Dispose();
        Look();
        lock (_once)
        {
            if (!_isOver && IsEnded())
            {
                _connection.Dispose();
                _marks.Dispose();
            }

            _isOver = true;
        }
    }

    /// <summary>
    /// Once the journal has an event that was written after a loss, it knows of it itself, and the marks begin anew: in this order,
    /// since to be told of a loss twice does no harm.
    /// </summary>
    private void Mark()
    {
        var highest = JournalFile.HighestSequenceNr(_connection);
        if (_marks.Loss is not null && highest <= _highestAtStart) return;
        if (highest != _marks.Reached) _marks.WriteReached(highest);
        if (_marks.Loss is not null) _marks.WriteRunning(loss: null);
    }

    /// <summary>The node's writes wait for the second step alone, which has little left to do.</summary>
    private void EmptyLog()
    {
        JournalFile.Checkpoint(_connection, "PASSIVE");
        JournalFile.Checkpoint(_connection, "TRUNCATE");
    }

    private bool IsEnded()
    {
        try
        {
            JournalFile.Checkpoint(_connection, "TRUNCATE");
            _marks.WriteEnded();
            return true;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            ConsoleLogger.Warn($"The journal could not be ended in order: {e.Message}");
            return false;
        }
    }

    private static string? Missing(JournalFile file, JournalMarks marks, bool wasThere) =>
        wasThere && !file.Exists ? $"{file.Path} is gone"
        : wasThere && file.DatabaseBytes == 0 ? $"{file.Path} is empty"
        : marks.EndedAbruptly && !file.HasLog ? $"{file.LogPath} is gone, and the node had not ended in order"
        : null;

    private static string? Short(long highest, long reached) => highest >= reached
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the journal ends with event {highest}, and it had event {reached}");
}
