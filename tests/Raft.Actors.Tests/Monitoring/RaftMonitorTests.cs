using Raft.Actors.Monitoring;
using Xunit;
using static Raft.Actors.Tests.Monitoring.MonitoringViews;

namespace Raft.Actors.Tests.Monitoring;

public sealed class RaftMonitorTests
{
    private readonly RaftMonitor _monitor = new();

    public RaftMonitorTests() => _monitor.OnPolled();

    [Fact]
    public async Task A_reader_gets_the_whole_group_first_and_then_what_changes()
    {
        Change(1);
        await using var reader = _monitor.WatchAsync().GetAsyncEnumerator();

        Assert.Equal(1, Assert.IsType<GroupView>(await NextAsync(reader)).Nodes[0].Status!.CommitIndex.Value);
        Change(2);
        Change(3);
        Assert.Equal(2, Assert.IsType<NodeChanged>(await NextAsync(reader)).Node.Status!.CommitIndex.Value);
        Assert.Equal(3, Assert.IsType<NodeChanged>(await NextAsync(reader)).Node.Status!.CommitIndex.Value);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_holds_no_more_than_the_limit_and_then_gets_the_whole_group()
    {
        const int Changes = 10 * MonitoringReader.Limit;
        await using var slow = _monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(slow);

        for (var i = 1; i <= Changes; i++)
        {
            Change(i);
            Assert.InRange(Assert.Single(_monitor.Readers).Unread, 0, MonitoringReader.Limit);
        }

        Assert.Equal(Changes, Assert.IsType<GroupView>(await NextAsync(slow)).Nodes[0].Status!.CommitIndex.Value);
        Assert.Equal(0, Assert.Single(_monitor.Readers).Unread);
    }

    [Fact]
    public async Task A_slow_reader_does_not_hold_up_another()
    {
        await using var slow = _monitor.WatchAsync().GetAsyncEnumerator();
        await using var quick = _monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(slow);
        await NextAsync(quick);

        for (var i = 1; i <= 2 * MonitoringReader.Limit; i++)
        {
            Change(i);
            Assert.Equal(i, Assert.IsType<NodeChanged>(await NextAsync(quick)).Node.Status!.CommitIndex.Value);
        }
    }

    [Fact]
    public async Task A_reader_that_stops_reading_is_removed()
    {
        var reader = _monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(reader);

        await reader.DisposeAsync();

        Assert.Empty(_monitor.Readers);
    }

    [Fact]
    public async Task Reading_ends_with_the_monitor()
    {
        await using var reader = _monitor.WatchAsync().GetAsyncEnumerator();
        await NextAsync(reader);

        _monitor.End();

        Assert.False(await reader.MoveNextAsync());
    }

    private static async Task<MonitoringEvent> NextAsync(IAsyncEnumerator<MonitoringEvent> reader) =>
        await reader.MoveNextAsync() ? reader.Current : throw new EndOfStreamException();

    private void Change(long commit) => _monitor.Change(state => state.Put(ViewOf(Leads(N1, 6, commit)), Noon));
}
