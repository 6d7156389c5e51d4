using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Host.Storage;

/// <summary>
/// Guards a journal while it is open: detects what it lost, maintains the marks for the next start, and holds an open connection,
/// without which SQLite would delete the write-ahead log of a node that has not written for minutes.
/// </summary>
internal sealed class JournalKeeper : IDisposable
{
    /// <summary>
    /// The size in bytes above which the write-ahead log is truncated. SQLite moves 4 MB at a time and then overwrites the log
    /// from its start, unless a reader prevents it; the file never shrinks by itself.
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

    /// <summary>What the journal lost, as a clause; null if nothing is known to be missing.</summary>
    public string? Loss { get; private init; }

    /// <summary>
    /// Opens a journal and creates it if it does not exist. A detected loss is recorded on disk before the journal is touched,
    /// and that the node runs is recorded before it can write. So if the process ends in between, the next start detects the
    /// same.
    /// </summary>
    /// <param name="file">The journal.</param>
    /// <param name="marks">The marks of the data folder. The keeper disposes them.</param>
    /// <param name="wasThere">Whether the data folder records that it had a journal.</param>
    /// <exception cref="StartupException">The journal mode does not survive a power failure.</exception>
    /// <exception cref="SqliteException">The journal can't be used.</exception>
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

    /// <summary>Records that the node belongs to a cluster.</summary>
    /// <exception cref="IOException">The record can't be written.</exception>
    public void MarkMember()
    {
        lock (_once)
        {
            if (!_isOver && !_marks.IsMember) _marks.WriteMember();
        }
    }

    /// <summary>Records how far the journal is, and truncates a write-ahead log that a reader made grow.</summary>
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
            // The mark stays too low. The writes of the node itself report the disk error.
        }
        finally
        {
            _once.Exit();
        }
    }

    /// <summary>
    /// Closes the journal cleanly: moves everything into the database file and records that. Only then closes the connection,
    /// upon which SQLite deletes the write-ahead log.
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
    /// Resets the marks once the journal has an event that was written after a loss and so knows of the loss itself. The order
    /// matters: to learn of a loss twice is harmless.
    /// </summary>
    private void Mark()
    {
        var highest = JournalFile.HighestSequenceNr(_connection);
        if (_marks.Loss is not null && highest <= _highestAtStart) return;
        if (highest != _marks.Reached) _marks.WriteReached(highest);
        if (_marks.Loss is not null) _marks.WriteRunning(loss: null);
    }

    /// <summary>
    /// Checkpoints in two steps. Only the second one, which has little left to do, blocks the writes of the node.
    /// </summary>
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
            ProgramLog.Warn($"The journal could not be closed cleanly: {e.Message}");
            return false;
        }
    }

    private static string? Missing(JournalFile file, JournalMarks marks, bool wasThere) =>
        wasThere && !file.Exists ? $"{file.Path} is missing"
        : wasThere && file.DatabaseBytes == 0 ? $"{file.Path} is empty"
        : marks.EndedAbruptly && !file.HasLog ? $"{file.LogPath} is missing, and the node was not shut down cleanly"
        : null;

    private static string? Short(long highest, long reached) => highest >= reached
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the journal ends with event {highest}, but it once had event {reached}");
}
