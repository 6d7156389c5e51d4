using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>
/// A snapshot on its way to one follower, one part at a time. That a part or its answer was lost shows when the follower answers a
/// later heartbeat; so nothing piles up on the way to one that is silent. Pure.
/// </summary>
/// <param name="index">Last index that the snapshot replaces.</param>
/// <param name="length">Its bytes.</param>
/// <param name="began">When the first part was sent, where somebody measures it.</param>
internal sealed class SnapshotTransfer(LogIndex index, long length, TimeSpan? began = null)
{
    private long _parts;
    private bool _isUnderWay;
    private long _round;

    /// <summary>Last index that the snapshot replaces.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>When the first part was sent, where somebody measures it.</summary>
    public TimeSpan? Began { get; } = began;

    /// <summary>First byte that the follower lacks; all where it is installing the snapshot.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the next part may be sent, or an empty one that asks how far the follower is.</summary>
    public bool CanSend => !_isUnderWay;

    /// <summary>A part is sent, in this round of heartbeats.</summary>
    /// <returns>Its number.</returns>
    public long OnSent(long round)
    {
        (_isUnderWay, _round) = (true, round);
        return ++_parts;
    }

    /// <summary>
    /// The follower said which byte it lacks first. One that lacks none is asked again with the next heartbeats. Only an answer to
    /// the newest part counts: of others, which come late or twice, each would send one part more.
    /// </summary>
    /// <returns>False where the answer does not count or makes no sense.</returns>
    public bool OnReceived(LogIndex index, long part, long offset)
    {
        if (index != Index || part != _parts || !_isUnderWay || offset < 0 || offset > length) return false;
        Offset = offset;
        _isUnderWay = offset == length;
        return true;
    }

    /// <summary>The follower answered a message of this round: of an older one nothing is under way any more.</summary>
    public void OnRound(long round)
    {
        if (round > _round) _isUnderWay = false;
    }
}
