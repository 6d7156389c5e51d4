using Microsoft.Data.Sqlite;

namespace Raft.Host.Storage;

/// <summary>Tells a full disk from other failures of files.</summary>
internal static class DiskFull
{
    private const int SqliteFull = 13;

    /// <summary>Room without which SQLite can't open a database: it says then that it can't open it, or an I/O error, and not why.</summary>
    private const long LeastRoom = 128 * 1024;

    /// <summary>HResults of a full disk and of a used-up quota: Linux, macOS, Windows.</summary>
    private static readonly int[] NoRoom = [28, 122, 69, unchecked((int)0x80070070)];

    /// <summary>Whether a failure comes from a disk without room.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="folder">The folder on the disk.</param>
    public static bool IsCause(Exception failure, string folder) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        SqliteException => RoomAt(folder) < LeastRoom,
        IOException e => NoRoom.Contains(e.HResult),
        _ => false,
    };

    /// <summary>The sentences for whoever starts the node.</summary>
    public static string Advice(string folder) =>
        $"The disk of {folder} is full: make room on it, and start the node again. Nothing was changed.";

    private static long RoomAt(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
