namespace Raft.Actors.Replication;

/// <summary>
/// A leader's log time: it goes on from the last entry of the log by the leader's monotonic clock, so it never goes back and
/// is no faster than that clock, whichever node leads (dissertation §6.3).
/// </summary>
/// <param name="lastTime">The time of the log's last entry.</param>
/// <param name="electedAt">The leader's monotonic clock at its election.</param>
internal sealed class LogClock(TimeSpan lastTime, TimeSpan electedAt)
{
    private readonly TimeSpan _timeAtElection = lastTime;
    private TimeSpan _time = lastTime;

    /// <summary>
    /// The log time, in whole milliseconds, when the leader's clock shows <paramref name="now"/>. A clock that goes back, which
    /// none should, makes it stand still.
    /// </summary>
    public TimeSpan At(TimeSpan now)
    {
        var time = _timeAtElection + (now - electedAt);
        if (time > _time) _time = new TimeSpan(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond));
        return _time;
    }
}
