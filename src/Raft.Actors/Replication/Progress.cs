using Raft.Actors.Protocol;

namespace Raft.Actors.Replication;

/// <summary>How a leader sends to one follower.</summary>
public enum ReplicationMode
{
    /// <summary>The last common entry is being searched: one message at a time.</summary>
    Probe = 0,

    /// <summary>The logs are known to agree: messages are pipelined up to the window.</summary>
    Replicate = 1,
}

/// <summary>
/// What a leader knows of one follower: <c>nextIndex</c> and <c>matchIndex</c> (Raft, Figure 2), and how much is on its
/// way. Pure: it says what may be sent, the leader sends it.
/// </summary>
public sealed class Progress
{
    private readonly InflightWindow _inflight;
    private bool _probeOutstanding;

    /// <summary>A follower of which nothing is known yet (Figure 2: <c>nextIndex</c> = last index + 1, <c>matchIndex</c> = 0).</summary>
    /// <param name="lastIndex">The leader's last index at its election.</param>
    /// <param name="window">Appends in flight, at the most.</param>
    public Progress(LogIndex lastIndex, int window)
    {
        Next = lastIndex.Next();
        _inflight = new InflightWindow(window);
    }

    /// <summary>How entries are sent.</summary>
    public ReplicationMode Mode { get; private set; } = ReplicationMode.Probe;

    /// <summary>Index of the next entry to send.</summary>
    public LogIndex Next { get; private set; }

    /// <summary>Highest index known to be durable on the follower.</summary>
    public LogIndex Match { get; private set; } = LogIndex.Zero;

    /// <summary>Newest read round that the follower answered.</summary>
    public long Round { get; private set; }

    /// <summary>Appends on their way.</summary>
    public int Inflight => _inflight.Count;

    /// <summary>Whether entries may be sent now.</summary>
    public bool CanSend => Mode == ReplicationMode.Probe ? !_probeOutstanding : !_inflight.IsFull;

    /// <summary>Notes that entries up to <paramref name="lastIndex"/> were sent.</summary>
    public void OnSent(LogIndex lastIndex)
    {
        if (Mode == ReplicationMode.Probe)
        {
            _probeOutstanding = true;
            return;
        }

        _inflight.Add(lastIndex);
        Next = lastIndex.Next();
    }

    /// <summary>A heartbeat interval passed: a probe that was not answered is presumed lost and may be sent again.</summary>
    public void OnHeartbeatInterval() => _probeOutstanding = false;

    /// <summary>The follower has everything up to <paramref name="match"/>: the search is over.</summary>
    public void OnAccepted(LogIndex match)
    {
        Match = LogIndex.Max(Match, match);
        _inflight.Free(match);
        if (Mode == ReplicationMode.Probe) Enter(ReplicationMode.Replicate);
        Next = LogIndex.Max(Next, Match.Next());
    }

    /// <summary>
    /// The follower lacks the entry at <paramref name="rejected"/>; the search goes on at <paramref name="retryAt"/>. A
    /// rejection of a message that something later has overtaken is ignored.
    /// </summary>
    /// <returns>Whether the rejection was news.</returns>
    public bool OnRejected(LogIndex rejected, LogIndex retryAt)
    {
        var isStale = rejected <= Match || (Mode == ReplicationMode.Probe && rejected != Next.Previous());
        if (isStale) return false;

        Enter(ReplicationMode.Probe);
        Next = LogIndex.Max(Match.Next(), LogIndex.Min(retryAt, rejected));
        return true;
    }

    /// <summary>The follower answered a message of this read round.</summary>
    public void OnRound(long round) => Round = Math.Max(Round, round);

    private void Enter(ReplicationMode mode)
    {
        Mode = mode;
        _probeOutstanding = false;
        _inflight.Clear();
        Next = Match.Next();
    }
}
