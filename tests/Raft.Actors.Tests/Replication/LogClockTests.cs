using Raft.Actors.Replication;
using Xunit;

namespace Raft.Actors.Tests.Replication;

public sealed class LogClockTests
{
    private static readonly TimeSpan Last = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Elected = TimeSpan.FromHours(30);
    private readonly LogClock _clock = new(Last, Elected);

    [Fact]
    public void Log_time_goes_on_from_the_last_entry_as_long_as_the_leader_leads()
    {
        Assert.Equal(Last, _clock.At(Elected));
        Assert.Equal(Last + TimeSpan.FromSeconds(7), _clock.At(Elected + TimeSpan.FromSeconds(7)));
    }

    /// <summary>The journal keeps milliseconds; memory must not keep more.</summary>
    [Fact]
    public void Log_time_has_whole_milliseconds() =>
        Assert.Equal(Last + TimeSpan.FromMilliseconds(3), _clock.At(Elected + TimeSpan.FromMilliseconds(3.9)));

    [Fact]
    public void Log_time_stays_the_same_if_the_clock_goes_back()
    {
        _clock.At(Elected + TimeSpan.FromSeconds(9));
        Assert.Equal(Last + TimeSpan.FromSeconds(9), _clock.At(Elected - TimeSpan.FromHours(1)));
    }
}
