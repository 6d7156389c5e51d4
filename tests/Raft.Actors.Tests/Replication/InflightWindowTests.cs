using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Xunit;

namespace Raft.Actors.Tests.Replication;

public sealed class InflightWindowTests
{
    [Fact]
    public void A_full_window_accepts_no_more()
    {
        var window = WindowOf(2, 5, 9);

        Assert.True(window.IsFull);
        Assert.Throws<InvalidOperationException>(() => window.Add(new LogIndex(10), bytes: 1));
        Assert.Equal(2, window.Count);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 2)]
    [InlineData(8, 2)]
    [InlineData(9, 1)]
    [InlineData(99, 0)]
    public void An_acknowledgement_frees_all_messages_that_it_covers_and_no_other(long match, int left)
    {
        var window = WindowOf(3, 5, 9, 12);

        window.Free(new LogIndex(match));

        Assert.Equal(left, window.Count);
        Assert.Equal(left == 3, window.IsFull);
    }

    [Fact]
    public void Clearing_forgets_all_messages()
    {
        var window = WindowOf(2, 5, 9);

        window.Clear();
        window.Add(new LogIndex(1), bytes: 1);

        Assert.Equal(1, window.Count);
    }

    [Fact]
    public void A_window_is_full_of_bytes_too_until_they_are_acknowledged()
    {
        var window = new InflightWindow(capacity: 10, maxBytes: 100);
        window.Add(new LogIndex(1), bytes: 60);
        Assert.False(window.IsFull);
        window.Add(new LogIndex(2), bytes: 60);
        Assert.True(window.IsFull);

        window.Free(new LogIndex(1));
        Assert.Equal(60, window.Bytes);
        Assert.False(window.IsFull);
        window.Clear();
        Assert.Equal(0, window.Bytes);
    }

    [Fact]
    public void A_shrunken_window_opens_by_one_message_with_each_that_is_acknowledged_up_to_its_capacity()
    {
        var window = new InflightWindow(capacity: 3, maxBytes: long.MaxValue);
        window.Shrink();

        Assert.Equal([1, 2, 3, 3], Enumerable.Range(0, 4).Select(_ => Fill(window)));
    }

    /// <summary>Sends until the window is full, has one message acknowledged, and loses the others.</summary>
    private static int Fill(InflightWindow window)
    {
        var sent = 0;
        while (!window.IsFull) window.Add(new LogIndex(++sent), bytes: 1);
        window.Free(new LogIndex(1));
        window.Clear();
        return sent;
    }

    private static InflightWindow WindowOf(int capacity, params long[] lastIndexes)
    {
        var window = new InflightWindow(capacity, maxBytes: long.MaxValue);
        foreach (var last in lastIndexes) window.Add(new LogIndex(last), bytes: 1);
        return window;
    }
}
