using Raft.Actors.Protocol;

namespace Raft.Actors.Quorums;

/// <summary>
/// When a node that hears no leader campaigns, and for how long it helps nobody to depose one that it hears. Pure.
/// </summary>
/// <param name="min">The shortest timeout.</param>
/// <param name="max">The longest one.</param>
/// <param name="random">Draws them.</param>
internal sealed class ElectionTimer(TimeSpan min, TimeSpan max, Random random)
{
    private TimeSpan _startedAt;
    private TimeSpan _leaderHeardAt;

    /// <summary>The timeout that runs.</summary>
    public TimeSpan Timeout { get; private set; }

    /// <summary>Draws a timeout, which runs from now on (Raft §5.2).</summary>
    /// <param name="now">Now.</param>
    /// <param name="preference">Whether the node wants to lead.</param>
    public TimeSpan Start(TimeSpan now, LeadershipPreference preference)
    {
        var spread = max - min;
        var timeout = min + (random.NextDouble() * spread);

        // Who avoids to lead lets the others go first.
        if (preference == LeadershipPreference.Avoid) timeout += max;
        (Timeout, _startedAt) = (timeout, now);
        return timeout;
    }

    /// <summary>What is left of the timeout that runs.</summary>
    public TimeSpan Left(TimeSpan now)
    {
        var left = _startedAt + Timeout - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A message of the leader was handled, or the node started.</summary>
    public void OnLeaderHeard(TimeSpan now) => _leaderHeardAt = now;

    /// <summary>
    /// Whether the node heard its leader within the shortest election timeout. After a start it can't know whom it heard, and
    /// waits for as long.
    /// </summary>
    public bool IsLeaderHeard(TimeSpan now) => now - _leaderHeardAt < min;
}
