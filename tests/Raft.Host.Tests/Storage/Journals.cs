using System.Globalization;
using Microsoft.Data.Sqlite;
using Raft.Host.Storage;
using Raft.Host.Tests.Processes;

namespace Raft.Host.Tests.Storage;

/// <summary>Manipulates a journal behind its node's back.</summary>
internal static class Journals
{
    /// <summary>Commits more events, each in its own transaction.</summary>
    public static void Append(string journal, int events = 1, int bytes = 1)
    {
        using var connection = Open(journal);
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message)
            VALUES (0, 0, 'n1', 1 + (SELECT COALESCE(MAX(sequence_number), 0) FROM journal), zeroblob($bytes))
            """;
        command.Parameters.AddWithValue("$bytes", bytes);
        for (var i = 0; i < events; i++) command.ExecuteNonQuery();
    }

    /// <summary>Returns the newest event in the database file without its write-ahead log; 0 for none.</summary>
    public static long HighestWithoutLog(string journal)
    {
        using var folder = new TempFolder();
        var copy = folder.File("alone.db");
        File.Copy(journal, copy);
        using var connection = Open(copy);
        return JournalFile.HighestSequenceNr(connection);
    }

    /// <summary>Copies the files as a SIGKILL at this moment leaves them.</summary>
    public static void CopyAsKilled(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var name in Directory.EnumerateFiles(from).Select(f => Path.GetFileName(f)))
        {
            if (name is not ("lock" or "journal.db-shm"))
                File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        }
    }

    private static SqliteConnection Open(string journal)
    {
        var connection = new SqliteConnection(
            string.Create(CultureInfo.InvariantCulture, $"Data Source={journal};Pooling=False"));
        connection.Open();
        return connection;
    }
}
