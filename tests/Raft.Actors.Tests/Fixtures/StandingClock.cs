using Akka.Actor;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A clock that a test sets.</summary>
internal sealed class StandingClock : ITimeProvider
{
    /// <summary>The current time.</summary>
    public TimeSpan Time { get; set; }

    DateTimeOffset ITimeProvider.Now => DateTimeOffset.UnixEpoch + Time;

    TimeSpan ITimeProvider.MonotonicClock => Time;

    TimeSpan ITimeProvider.HighResMonotonicClock => Time;
}
