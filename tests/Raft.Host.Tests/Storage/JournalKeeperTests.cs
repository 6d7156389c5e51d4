using Microsoft.Data.Sqlite;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Host.Storage;
using Raft.Host.Tests.Processes;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Storage;

public sealed class JournalKeeperTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly JournalFile _journal;

    public JournalKeeperTests() => _journal = new JournalFile(_folder.File("journal.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_ahead_log_that_a_reader_made_grow_is_emptied_when_the_reader_is_gone()
    {
        using var keeper = JournalKeeper.Begin(_journal, JournalMarks.Read(_folder.Path), wasThere: false);
        using (var reader = new SqliteConnection($"{_journal.ConnectionString};Pooling=False"))
        {
            reader.Open();
            using var transaction = reader.BeginTransaction(deferred: true);
            Assert.Equal(0, JournalFile.HighestSequenceNr(reader));
            Journals.Append(_journal.Path, events: 40, bytes: 1 << 20);
            keeper.Look();
            Assert.True(_journal.LogBytes > JournalKeeper.MaxLogBytes);
        }

        keeper.Look();

        Assert.Equal(0, _journal.LogBytes);
    }

    [Fact]
    public void The_write_ahead_log_stays_while_the_node_runs_though_nobody_else_has_the_journal_open()
    {
        using var keeper = JournalKeeper.Begin(_journal, JournalMarks.Read(_folder.Path), wasThere: false);
        SqliteConnection.ClearAllPools();

        Assert.True(_journal.HasLog);
    }

    [Fact]
    public void A_start_on_a_full_disk_says_that_the_disk_is_full()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.CreateSymbolicLink(_folder.File("journal-state.new"), "/dev/full");

        var refused = Assert.Throws<StartupException>(() => DataFolder.Open(_folder.Path, new NodeId("n1")));

        Assert.StartsWith($"The disk of {_folder.Path} is full", refused.Message, StringComparison.Ordinal);
    }
}
