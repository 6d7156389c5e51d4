using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// The unanswered appends and heartbeats of a leader to one follower. Answers do not name the message they belong to, so an
/// append counts as answered when the follower has its last entry, and a heartbeat when its round is answered.
/// </summary>
internal sealed class RoundTrips
{
    /// <summary>Maximum number of unanswered appends, so that a silent follower uses bounded memory.</summary>
    private const int MaxOpen = 128;

    private readonly Queue<(LogIndex Last, TimeSpan SentAt)> _appends = new();
    private (long Round, TimeSpan SentAt)? _heartbeat;

    public void Sent(LogIndex last, TimeSpan now)
    {
        if (_appends.Count == MaxOpen) _appends.Dequeue();
        _appends.Enqueue((last, now));
    }

    /// <summary>A heartbeat is sent. It replaces an earlier one that was not answered.</summary>
    public void SentHeartbeat(long round, TimeSpan now) => _heartbeat = (round, now);

    /// <summary>Removes the appends that an answer acknowledges, and returns when they were sent.</summary>
    public IEnumerable<TimeSpan> DrainAnswered(LogIndex match)
    {
        while (_appends.TryPeek(out var append) && append.Last <= match) yield return _appends.Dequeue().SentAt;
    }

    /// <summary>Removes the heartbeat that an answer acknowledges, and returns when it was sent; null if there is none.</summary>
    public TimeSpan? DrainHeartbeat(long round)
    {
        if (_heartbeat is not { } heartbeat || round < heartbeat.Round) return null;
        _heartbeat = null;
        return heartbeat.SentAt;
    }

    /// <summary>The follower rejected an append, so the leader sends the entries again.</summary>
    public void Forget() => _appends.Clear();
}
