using Raft.Actors.Protocol;

namespace Raft.Actors.Quorums;

/// <summary>
/// Decides when a node that hears no leader starts an election, and how long it protects the leader that it hears (leader
/// stickiness). Pure.
/// </summary>
/// <param name="min">The shortest timeout.</param>
/// <param name="max">The longest timeout.</param>
/// <param name="random">Draws the timeouts.</param>
internal sealed class ElectionTimer(TimeSpan min, TimeSpan max, Random random)
{
    private TimeSpan _startedAt;
    private TimeSpan _leaderHeardAt;

    /// <summary>The current timeout.</summary>
    public TimeSpan Timeout { get; private set; }

    /// <summary>Draws a timeout, which starts now (Raft §5.2).</summary>
    /// <param name="now">The current time.</param>
    /// <param name="preference">The node's leadership preference.</param>
    public TimeSpan Start(TimeSpan now, LeadershipPreference preference)
    {
        var spread = max - min;
        var timeout = min + (random.NextDouble() * spread);

        // A node that avoids leading lets the others go first.
        if (preference == LeadershipPreference.Avoid) timeout += max;
        (Timeout, _startedAt) = (timeout, now);
        return timeout;
    }

    /// <summary>The remaining part of the current timeout.</summary>
    public TimeSpan Left(TimeSpan now)
    {
        var left = _startedAt + Timeout - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The node handled a message from its leader, or started.</summary>
    public void OnLeaderHeard(TimeSpan now) => _leaderHeardAt = now;

    /// <summary>
    /// Whether the node has heard its leader within the shortest election timeout. A restarted node does not know whether it had
    /// heard one, so it behaves as if it had.
    /// </summary>
    public bool IsLeaderHeard(TimeSpan now) => now - _leaderHeardAt < min;
}
