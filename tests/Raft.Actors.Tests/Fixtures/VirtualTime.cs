using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// A scheduler whose clocks move only by the test. <see cref="TestScheduler"/> alone moves its timers, but its monotonic clock is
/// real time (akka.net #2870).
/// </summary>
internal sealed class VirtualTime : TestScheduler, ITimeProvider
{
    private readonly DateTimeOffset _start;

    public VirtualTime(Config config, ILoggingAdapter log)
        : base(config, log) => _start = Now;

    DateTimeOffset ITimeProvider.Now => Now;

    TimeSpan ITimeProvider.MonotonicClock => Now - _start;

    TimeSpan ITimeProvider.HighResMonotonicClock => Now - _start;
}
