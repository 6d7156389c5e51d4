using Akka.Configuration;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace Seats.Hosting;

/// <summary>
/// The journal: a SQLite file of Akka.Persistence.Sql. To use another database, change only this class.
/// </summary>
internal static class SqliteJournal
{
    /// <summary>Creates the folder and the file, in WAL mode, in which a commit is fast and survives a power failure.</summary>
    public static Config Open(string folder)
    {
        var connectionString = $"Data Source={Path.Combine(Directory.CreateDirectory(folder).FullName, "journal.db")}";
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        return ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal.plugin = "akka.persistence.journal.sql"
              journal.sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                provider-name = "SQLite.MS"
                connection-string = "{{connectionString.Replace("\\", "\\\\", StringComparison.Ordinal)}}"
                auto-initialize = on
                parallelism = 1
              }
            }
            """).WithFallback(SqlPersistence.DefaultConfiguration);
    }
}
