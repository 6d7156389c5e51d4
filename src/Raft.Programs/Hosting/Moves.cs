namespace Raft.Programs.Hosting;

/// <summary>
/// Counts how often this process has moved to another Akka cluster. Each move costs it its ActorSystem, so the pauses between
/// moves grow; meanwhile the process stays where it is. The counter outlives the ActorSystems.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class Moves(TimeProvider clock)
{
    /// <summary>The pause after the first move. Each move doubles it.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <summary>The maximum pause. After this time without a move, all moves are forgotten.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private TimeSpan _pause = TimeSpan.Zero;
    private long _lastMoved;

    /// <summary>How long the process must still stay where it is.</summary>
    public TimeSpan PauseLeft => _pause > Quiet ? _pause - Quiet : TimeSpan.Zero;

    private TimeSpan Quiet => clock.GetElapsedTime(_lastMoved);

    /// <summary>Records a move.</summary>
    public void Note()
    {
        _pause = _pause == TimeSpan.Zero || Quiet >= _pause + LongestPause ? FirstPause
            : 2 * _pause < LongestPause ? 2 * _pause
            : LongestPause;
        _lastMoved = clock.GetTimestamp();
    }
}
