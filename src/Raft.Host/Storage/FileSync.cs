using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Raft.Host.Storage;

/// <summary>Makes files and names in folders survive a power cut.</summary>
internal static class FileSync
{
    private const int OpenReadOnly = 0;

    /// <summary>Puts what a file holds on disk, whoever wrote it.</summary>
    /// <exception cref="IOException">The disk refused it, or there is no such file.</exception>
    public static void File(string path)
    {
        using var file = System.IO.File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Puts the names in a folder on disk: a file that was made, renamed or deleted. NTFS does so by itself.</summary>
    /// <exception cref="IOException">The disk refused it, or there is no such folder.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new SafeFileHandle(Open(path, OpenReadOnly), ownsHandle: true);
        if (folder.IsInvalid)
            throw new IOException($"{path} can't be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        RandomAccess.FlushToDisk(folder);
    }

    /// <summary>Gives a file a new content, at once and on disk: whoever reads it later has the old or the new one.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
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
