using Raft.Host.Storage;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// The lock of a data folder: a file that the process keeps locked as long as it lives, even while it is paused. Containers on
/// one machine that share a volume see each other's locks.
/// </summary>
internal static class FolderLock
{
    private const string LockFile = "lock";

    /// <summary>
    /// HResults when another process holds the lock: EAGAIN on Linux and macOS, a sharing violation on Windows.
    /// </summary>
    private static readonly int[] TakenByAnother = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Creates a folder if it does not exist, and locks it.</summary>
    /// <returns>The lock, which the caller disposes; null if another process holds it.</returns>
    /// <exception cref="StartupException">The folder can't be created or written.</exception>
    public static FileStream? Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(
                Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (TakenByAnother.Contains(e.HResult))
        {
            return null;
        }
        catch (IOException e) when (DiskFull.IsCause(e, folder))
        {
            throw new StartupException(DiskFull.Advice(folder), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"Can't write to the data folder {folder}. Give this user write permission. ({e.Message})", e);
        }
    }
}
