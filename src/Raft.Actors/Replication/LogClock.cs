namespace Raft.Actors.Replication;

/// <summary>
/// A leader's log time (dissertation §6.3). It continues from the log's last entry by the leader's monotonic clock, so it never
/// decreases and never runs faster than that clock, whichever node leads.
/// </summary>
/// <param name="lastTime">The time of the log's last entry.</param>
/// <param name="electedAt">The leader's monotonic clock at its election.</param>
internal sealed class LogClock(TimeSpan lastTime, TimeSpan electedAt)
{
    private readonly TimeSpan _timeAtElection = lastTime;
    private TimeSpan _time = lastTime;

    /// <summary>
    /// The log time in whole milliseconds at <paramref name="now"/>. It does not decrease even if the clock does.
    /// </summary>
    public TimeSpan At(TimeSpan now)
    {
        var time = _timeAtElection + (now - electedAt);
        if (time > _time) _time = new TimeSpan(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond));
        return _time;
    }
}
