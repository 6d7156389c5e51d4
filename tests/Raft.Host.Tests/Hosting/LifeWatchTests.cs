using Raft.Host.Hosting;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Hosting;

/// <summary>A process that is dead although it runs ends itself.</summary>
public sealed class LifeWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Dead_at_two_looks_in_a_row_it_ends_with_the_reason()
    {
        using var watch = LifeWatch.Start(_ => Task.FromResult<string?>("The node has stopped."), Interval);

        var end = await Assert.ThrowsAsync<ProcessEndException>(() => watch.Ended);

        Assert.StartsWith("The node has stopped.", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_at_one_look_and_alive_at_the_next_it_goes_on()
    {
        var looks = 0;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = LifeWatch.Start(
            _ =>
            {
                if (++looks == 9) seen.SetResult();
                return Task.FromResult<string?>(looks % 2 == 0 ? "It has stopped." : null);
            },
            Interval);

        await seen.Task;

        Assert.False(watch.Ended.IsCompleted);
    }
}
