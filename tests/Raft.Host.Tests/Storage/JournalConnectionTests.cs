using Microsoft.Data.Sqlite;
using Raft.Host.Storage;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Storage;

public sealed class JournalConnectionTests : IDisposable
{
    private const int Full = 13;
    private const int Busy = 5;

    private readonly TempFolder _folder = new();
    private readonly JournalFile _file;

    public JournalConnectionTests()
    {
        _file = new JournalFile(_folder.File("journal.db"));
        _file.Open().Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_disk_fails_the_write_as_a_whole_and_with_room_again_it_succeeds()
    {
        var maxPages = 100;
        using var connection = new JournalConnection(() => Open($"max_page_count = {maxPages}"));
        connection.Insert([Row(1, bytes: 10)]);

        var failure = Assert.Throws<SqliteException>(() => connection.Insert([Row(2, bytes: 10), Row(3, bytes: 1 << 20)]));

        Assert.Equal(Full, failure.SqliteErrorCode);
        Assert.Equal(1, Highest());
        maxPages = 1000;
        connection.Insert([Row(2, bytes: 10), Row(3, bytes: 1 << 20)]);
        Assert.Equal(3, Highest());
    }

    [Fact]
    public void A_write_fails_while_another_process_holds_the_lock_and_succeeds_afterwards()
    {
        using var connection = new JournalConnection(() => Open("busy_timeout = 1"));
        using (var other = Open("busy_timeout = 1"))
        {
            using var transaction = other.BeginTransaction(deferred: false);
            var failure = Assert.Throws<SqliteException>(() => connection.Insert([Row(1, bytes: 10)]));
            Assert.Equal(Busy, failure.SqliteErrorCode);
        }

        connection.Insert([Row(1, bytes: 10)]);

        Assert.Equal(1, Highest());
    }

    [Fact]
    public async Task A_write_waits_for_the_lock_of_another_writer()
    {
        using var connection = new JournalConnection(_file.OpenForWriting);
        using var other = _file.OpenForWriting();
        var transaction = other.BeginTransaction(deferred: false);
        var write = Task.Run(() => connection.Insert([Row(1, bytes: 10)]));

        Assert.False(write.IsCompleted);
        transaction.Rollback();
        await write;

        Assert.Equal(1, Highest());
    }

    [Fact]
    public void What_is_inserted_is_synced_with_the_write_ahead_log()
    {
        using var connection = _file.OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";

        Assert.Equal(2L, command.ExecuteScalar());
    }

    private static JournalRow Row(long sequenceNr, int bytes) =>
        new("n1", sequenceNr, Created: 1, new byte[bytes], Tags: "", Manifest: "", SerializerId: 4);

    private SqliteConnection Open(string pragma)
    {
        var connection = new SqliteConnection($"{_file.ConnectionString};Pooling=False;Default Timeout=1");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        command.ExecuteNonQuery();
        return connection;
    }

    private long Highest()
    {
        using var connection = _file.OpenForWriting();
        return JournalFile.HighestSequenceNr(connection);
    }
}
