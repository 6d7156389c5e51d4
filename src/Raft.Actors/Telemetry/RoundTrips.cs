using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// What a leader waits for to hear of one follower. Answers don't say which message they are about; so an append is answered
/// when the follower has its last entry, and a heartbeat when its round is.
/// </summary>
internal sealed class RoundTrips
{
    /// <summary>More are not remembered: a follower that is silent costs bounded memory.</summary>
    private const int MaxOpen = 128;

    private readonly Queue<(LogIndex Last, TimeSpan SentAt)> _appends = new();
    private (long Round, TimeSpan SentAt)? _heartbeat;

    public void Sent(LogIndex last, TimeSpan now)
    {
        if (_appends.Count == MaxOpen) _appends.Dequeue();
        _appends.Enqueue((last, now));
    }

    /// <summary>A heartbeat leaves. One that was not answered when the next one leaves is not waited for.</summary>
    public void SentHeartbeat(long round, TimeSpan now) => _heartbeat = (round, now);

    /// <summary>When the appends left that this answer is the first one about.</summary>
    public IEnumerable<TimeSpan> TakeAnswered(LogIndex match)
    {
        while (_appends.TryPeek(out var append) && append.Last <= match) yield return _appends.Dequeue().SentAt;
    }

    /// <summary>When the heartbeat left that this answer is the first one about; null where there is none.</summary>
    public TimeSpan? TakeHeartbeat(long round)
    {
        if (_heartbeat is not { } heartbeat || round < heartbeat.Round) return null;
        _heartbeat = null;
        return heartbeat.SentAt;
    }

    /// <summary>The follower lacks what was sent: it is sent again.</summary>
    public void Forget() => _appends.Clear();
}
