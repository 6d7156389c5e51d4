using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Linearizable reads of a leader (Raft §8, dissertation §6.4): its clients' queries, and followers that want to know how far
/// they must have applied the log. Reads that arrive while a round is under way wait for the next one: a reply to an older
/// round proves nothing about them.
/// </summary>
/// <param name="capacity">Queries that wait, at the most. A follower has one request at a time.</param>
internal sealed class PendingReads(int capacity)
{
    private Reads _waiting = new();
    private Reads _inRound = new();
    private long _round;
    private LogIndex _index;

    /// <summary>Whether a round can begin: reads wait, and none is under way.</summary>
    public bool IsRoundDue => !_waiting.IsEmpty && _inRound.IsEmpty;

    /// <summary>Queries that wait.</summary>
    public int Count => _waiting.Queries.Count + _inRound.Queries.Count;

    /// <returns>False where the limit is reached.</returns>
    public bool TryAdd(IActorRef client, Query query)
    {
        if (Count >= capacity) return false;
        _waiting.Queries.Add((client, query));
        return true;
    }

    /// <summary>Adds a follower's request, in place of an older one.</summary>
    public void Add(RequestReadIndex request) => _waiting.Requests[request.From] = request.ReadId;

    /// <summary>Begins a round for all reads that wait.</summary>
    /// <param name="round">The round's number.</param>
    /// <param name="commitIndex">What the leader has committed.</param>
    public void BeginRound(long round, LogIndex commitIndex)
    {
        (_inRound, _waiting) = (_waiting, new Reads());
        (_round, _index) = (round, commitIndex);
    }

    /// <summary>The reads that a majority's answer to <paramref name="round"/> confirms; null where there are none.</summary>
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
/// <param name="Index">What the leader had committed when their round began.</param>
/// <param name="Queries">Of each client, its queries.</param>
/// <param name="Requests">Of each follower that asked, its request.</param>
internal sealed record ConfirmedReads(
    LogIndex Index, IEnumerable<IGrouping<IActorRef, Query>> Queries, IReadOnlyDictionary<NodeId, long> Requests);
