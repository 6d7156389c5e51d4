using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Linearizable reads of a leader (Raft §8, dissertation §6.4): queries of its clients, and ReadIndex requests of followers. A
/// read that arrives while a heartbeat round is under way waits for the next round, because answers to an older round prove
/// nothing about it.
/// </summary>
/// <param name="capacity">Maximum number of queries. Each follower has one request at a time.</param>
internal sealed class PendingReads(int capacity)
{
    private Reads _waiting = new();
    private Reads _inRound = new();
    private long _round;
    private LogIndex _index;

    /// <summary>Whether to start a round: reads wait, and no round is under way.</summary>
    public bool IsRoundDue => !_waiting.IsEmpty && _inRound.IsEmpty;

    /// <summary>The number of queries.</summary>
    public int Count => _waiting.Queries.Count + _inRound.Queries.Count;

    /// <returns>False if the limit is reached.</returns>
    public bool TryAdd(IActorRef client, Query query)
    {
        if (Count >= capacity) return false;
        _waiting.Queries.Add((client, query));
        return true;
    }

    /// <summary>Adds a follower's request, which replaces an older one.</summary>
    public void Add(RequestReadIndex request) => _waiting.Requests[request.From] = request.ReadId;

    /// <summary>Starts a round for all waiting reads.</summary>
    /// <param name="round">The number of the heartbeat round.</param>
    /// <param name="commitIndex">The leader's commit index.</param>
    public void BeginRound(long round, LogIndex commitIndex)
    {
        (_inRound, _waiting) = (_waiting, new Reads());
        (_round, _index) = (round, commitIndex);
    }

    /// <summary>
    /// Removes and returns the reads that a majority's answer to <paramref name="round"/> confirms; null if there are none.
    /// </summary>
    public ConfirmedReads? DrainConfirmed(long round)
    {
        if (round < _round || _inRound.IsEmpty) return null;
        var confirmed = _inRound;
        _inRound = new Reads();
        return new ConfirmedReads(
            _index, confirmed.Queries.GroupBy(read => read.Client, read => read.Query), confirmed.Requests);
    }

    /// <summary>All queries.</summary>
    public IEnumerable<(IActorRef Client, Query Query)> Queries => _inRound.Queries.Concat(_waiting.Queries);

    private sealed class Reads
    {
        public List<(IActorRef Client, Query Query)> Queries { get; } = [];

        public Dictionary<NodeId, long> Requests { get; } = [];

        public bool IsEmpty => Queries.Count == 0 && Requests.Count == 0;
    }
}

/// <summary>Reads that may be answered.</summary>
/// <param name="Index">The leader's commit index when their round started.</param>
/// <param name="Queries">The queries, by client.</param>
/// <param name="Requests">The ids of the followers' requests.</param>
internal sealed record ConfirmedReads(
    LogIndex Index, IEnumerable<IGrouping<IActorRef, Query>> Queries, IReadOnlyDictionary<NodeId, long> Requests);
