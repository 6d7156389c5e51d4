using Microsoft.Data.Sqlite;

namespace Raft.Host.Storage;

/// <summary>Distinguishes a full disk from other file errors.</summary>
internal static class DiskFull
{
    private const int SqliteFull = 13;

    /// <summary>
    /// The free space below which SQLite can't open a database, and reports that or an I/O error without the reason.
    /// </summary>
    private const long LeastRoom = 128 * 1024;

    /// <summary>HResults of a full disk and of an exhausted quota on Linux, macOS and Windows.</summary>
    private static readonly int[] NoRoom = [28, 122, 69, unchecked((int)0x80070070)];

    /// <summary>Returns whether a failure was caused by a full disk.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="folder">The folder on the disk.</param>
    public static bool IsCause(Exception failure, string folder) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        SqliteException => RoomAt(folder) < LeastRoom,
        IOException e => NoRoom.Contains(e.HResult),
        _ => false,
    };

    /// <summary>Returns the message for the person who starts the node.</summary>
    public static string Advice(string folder) =>
        $"The disk of {folder} is full. Free space outside the folder, or enlarge the disk, and start the node again. Nothing "
        + "was changed.";

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
