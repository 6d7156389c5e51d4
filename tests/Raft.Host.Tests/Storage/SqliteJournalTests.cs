using System.Collections.Immutable;
using Akka.Persistence.Journal;
using Raft.Host.Storage;
using Xunit;

namespace Raft.Host.Tests.Storage;

/// <summary>The journal with the direct path to the disk, beside the plain one of Akka.Persistence.Sql.</summary>
#pragma warning disable CA1001 // xUnit calls DisposeAsync.
public sealed class SqliteJournalTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Short = nameof(SqliteJournal);
    private const string Plain = nameof(SyncedJournal);

    private readonly JournalUnderTest _journal = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    [Fact]
    public async Task It_writes_the_rows_that_the_plain_journal_writes()
    {
        await _journal.StartAsync(Short);
        await _journal.WriteAsync("a", 1, "one"u8.ToArray());
        await _journal.WriteAsync("a", 2, "two"u8.ToArray(), new Tagged("three"u8.ToArray(), ImmutableHashSet.Create("t")));
        var rows = _journal.Rows("a");
        await _journal.StartAsync(Plain);
        await _journal.WriteAsync("b", 1, "one"u8.ToArray());
        await _journal.WriteAsync("b", 2, "two"u8.ToArray(), new Tagged("three"u8.ToArray(), ImmutableHashSet.Create("t")));

        Assert.Equal(3, rows.Count);
        Assert.Equal(_journal.Rows("b"), rows);
    }

    [Theory]
    [InlineData(Short, Plain)]
    [InlineData(Plain, Short)]
    public async Task Each_journal_reads_what_the_other_wrote_and_deleted(string writer, string reader)
    {
        await _journal.StartAsync(writer);
        await _journal.WriteAsync("a", 1, "one"u8.ToArray(), "two"u8.ToArray(), "three"u8.ToArray());
        await _journal.DeleteAsync("a", 1);
        await _journal.WriteAsync("b", 1, "one"u8.ToArray());
        await _journal.DeleteAsync("b", 1);

        await _journal.StartAsync(reader);

        var (events, highest) = await _journal.ReplayAsync("a");
        Assert.Equal(["two"u8.ToArray(), "three"u8.ToArray()], events.Select(e => (byte[])e.Payload));
        Assert.Equal(3, highest);
        (events, highest) = await _journal.ReplayAsync("b");
        Assert.Empty(events);
        Assert.Equal(1, highest);
    }

    [Theory]
    [InlineData(Short)]
    [InlineData(Plain)]
    public async Task A_write_with_a_number_that_is_taken_fails_as_a_whole_and_the_next_write_succeeds(string plugin)
    {
        await _journal.StartAsync(plugin);
        await _journal.WriteAsync("a", 2, "two"u8.ToArray());

        await Assert.ThrowsAnyAsync<Exception>(() => _journal.WriteAsync("a", 1, "one"u8.ToArray(), "two"u8.ToArray()));

        var (events, _) = await _journal.ReplayAsync("a");
        Assert.Equal([2], events.Select(e => e.SequenceNr));
        await _journal.WriteAsync("a", 3, "three"u8.ToArray());
        Assert.Equal(3, (await _journal.ReplayAsync("a")).Highest);
    }

    [Fact]
    public async Task An_event_that_can_not_be_serialized_is_rejected_and_the_next_write_succeeds()
    {
        await _journal.StartAsync(Short);

        await Assert.ThrowsAsync<JournalUnderTest.RejectedException>(() => _journal.WriteAsync("a", 1, new Unreadable()));

        await _journal.WriteAsync("a", 1, "one"u8.ToArray());
    }

    [Fact]
    public async Task A_recovery_behind_a_write_sees_the_write()
    {
        await _journal.StartAsync(Short);

        var write = _journal.WriteAsync("a", 1, "one"u8.ToArray());
        var (events, highest) = await _journal.ReplayAsync("a");

        Assert.Single(events);
        Assert.Equal(1, highest);
        await write;
    }

    [Fact]
    public async Task Many_actors_write_at_once()
    {
        await _journal.StartAsync(Short);
        var ids = Enumerable.Range(0, 50).Select(i => $"actor-{i}").ToList();

        await Task.WhenAll(ids.Select(id => _journal.WriteAsync(id, 1, "one"u8.ToArray(), "two"u8.ToArray())));

        foreach (var id in ids) Assert.Equal(2, _journal.Rows(id).Count);
    }

    /// <summary>An event whose property throws when JSON asks for it.</summary>
    private sealed class Unreadable
    {
        public int Value => throw new NotSupportedException();
    }
}
