using Raft.Host.Storage;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// The lock of a data folder: a file that its process keeps locked as long as it lives, even while it is paused. Containers
/// of one machine that share a volume see each other's locks.
/// </summary>
internal static class FolderLock
{
    private const string LockFile = "lock";

    /// <summary>HResults where another process has the lock: EAGAIN of Linux and of macOS, a sharing violation of Windows.</summary>
    private static readonly int[] TakenByAnother = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Makes a folder where there is none, and locks it.</summary>
    /// <returns>The lock, to be disposed; null where another process has it.</returns>
    /// <exception cref="StartupException">The folder can't be made or written.</exception>
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
                $"The data folder {folder} can't be written; give this user the right to. ({e.Message})", e);
        }
    }
}
