using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Raft.Host.Storage;

/// <summary>Makes files and directory entries durable, so that they survive a power failure.</summary>
internal static class FileSync
{
    private const int OpenReadOnly = 0;

    /// <summary>Syncs the contents of a file to disk, whoever wrote them.</summary>
    /// <exception cref="IOException">The sync failed, or the file does not exist.</exception>
    public static void File(string path)
    {
        using var file = System.IO.File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Syncs the entries of a folder to disk: created, renamed and deleted files. NTFS does this by itself.</summary>
    /// <exception cref="IOException">The sync failed, or the folder does not exist.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new SafeFileHandle(Open(path, OpenReadOnly), ownsHandle: true);
        if (folder.IsInvalid)
            throw new IOException($"Can't open {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        RandomAccess.FlushToDisk(folder);
    }

    /// <summary>
    /// Replaces the contents of a file atomically and durably: a later reader sees the old or the new contents.
    /// </summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public static void Replace(string path, string content)
    {
        var next = path + ".new";
        System.IO.File.WriteAllText(next, content);
        File(next);
        System.IO.File.Move(next, path, overwrite: true);
        Folder(Path.GetDirectoryName(path)!);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
