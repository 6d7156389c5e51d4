namespace Raft.Programs.Hosting;

/// <summary>
/// How often this process has gone over from its Akka cluster to another one. Each time costs it its ActorSystem, so the pauses
/// in between grow; meanwhile it stays where it is. It outlives the ActorSystems.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class Moves(TimeProvider clock)
{
    /// <summary>The pause after the first move; each one doubles it.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <summary>However often the process has moved, it may move again after this; and a quiet time as long as this forgets all moves.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private TimeSpan _pause = TimeSpan.Zero;
    private long _lastMoved;

    /// <summary>How long the process has to stay where it is.</summary>
    public TimeSpan PauseLeft => _pause > Quiet ? _pause - Quiet : TimeSpan.Zero;

    private TimeSpan Quiet => clock.GetElapsedTime(_lastMoved);

    /// <summary>The process moves.</summary>
    public void Note()
    {
        _pause = _pause == TimeSpan.Zero || Quiet >= _pause + LongestPause ? FirstPause
            : 2 * _pause < LongestPause ? 2 * _pause
            : LongestPause;
        _lastMoved = clock.GetTimestamp();
    }
}
