using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>
/// The transfer of a snapshot to one follower, one part at a time. The answer to a later heartbeat shows that a part or its
/// answer was lost, so messages to a silent follower don't pile up. Pure.
/// </summary>
/// <param name="index">Last index that the snapshot replaces.</param>
/// <param name="length">The snapshot's size in bytes.</param>
/// <param name="began">When the first part was sent; null if nothing measures.</param>
internal sealed class SnapshotTransfer(LogIndex index, long length, TimeSpan? began = null)
{
    private long _parts;
    private bool _isUnderWay;
    private long _round;

    /// <summary>Last index that the snapshot replaces.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>When the first part was sent; null if nothing measures.</summary>
    public TimeSpan? Began { get; } = began;

    /// <summary>The first byte that the follower lacks; the snapshot's length while the follower installs it.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the next part may be sent, or an empty one that probes the follower's progress.</summary>
    public bool CanSend => !_isUnderWay;

    /// <summary>A part was sent in this heartbeat round.</summary>
    /// <returns>The part's number.</returns>
    public long OnSent(long round)
    {
        (_isUnderWay, _round) = (true, round);
        return ++_parts;
    }

    /// <summary>
    /// The follower reported the first byte that it lacks. If it lacks none, later heartbeats probe it again. Only an answer to
    /// the newest part counts; each late or duplicate answer would send one part more.
    /// </summary>
    /// <returns>False if the answer does not count or is invalid.</returns>
    public bool OnReceived(LogIndex index, long part, long offset)
    {
        if (index != Index || part != _parts || !_isUnderWay || offset < 0 || offset > length) return false;
        Offset = offset;
        _isUnderWay = offset == length;
        return true;
    }

    /// <summary>The follower answered a message of this round, so no part of an older round is under way.</summary>
    public void OnRound(long round)
    {
        if (round > _round) _isUnderWay = false;
    }
}
