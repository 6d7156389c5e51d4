using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Raft.Actors.Inspection;
using Raft.Actors.Protocol;

namespace Raft.Host.Hosting;

/// <summary>Measures the disk of a data folder with a few small synced writes to a temporary file, which it deletes.</summary>
internal sealed class DiskProbe(DataFolder data) : IDiskProbe
{
    private const int Writes = 5;
    private const int WriteBytes = 4096;
    private const string FileName = "disk-probe";

    /// <inheritdoc/>
    public Task<DiskDiagnostics> MeasureAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Measure(cancellationToken), cancellationToken);

    private DiskDiagnostics Measure(CancellationToken cancellationToken)
    {
        var found = new DiskDiagnostics(data.Folder, 0, 0, 0, "", [], Problem: null);
        try
        {
            var drive = new DriveInfo(data.Folder);
            found = found with { FreeBytes = drive.AvailableFreeSpace, TotalBytes = drive.TotalSize };
            found = found with { JournalBytes = data.JournalBytes };
            found = found with { JournalLogBytes = data.JournalLogBytes };
            found = found with { JournalMode = data.JournalMode() };
            return found with { SyncMicroseconds = Sync(Path.Combine(data.Folder, FileName), cancellationToken) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            return found with { Problem = $"can't write to {data.Folder}: {e.Message}" };
        }
    }

    private static long[] Sync(string file, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(
            file, FileMode.Create, FileAccess.Write, FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
        var block = new byte[WriteBytes];
        return [.. Enumerable.Range(0, Writes).Select(_ =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            stream.Write(block);
            stream.Flush(flushToDisk: true);
            return (long)Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        })];
    }
}
