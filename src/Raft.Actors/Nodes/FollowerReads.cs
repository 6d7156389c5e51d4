using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Linearizable queries that a follower answers itself (dissertation §6.4). A query that arrives during a ReadIndex request waits
/// for the next request, because the leader's answer may be older than the query.
/// </summary>
/// <param name="capacity">Maximum number of queries.</param>
internal sealed class FollowerReads(int capacity)
{
    private readonly Queue<(LogIndex Index, List<(IActorRef Client, Query Query)> Reads)> _confirmed = new();
    private List<(IActorRef Client, Query Query)> _waiting = [];
    private List<(IActorRef Client, Query Query)> _requested = [];
    private int _count;

    /// <summary>The id of the ReadIndex request under way; null if there is none.</summary>
    public long? ReadId { get; private set; }

    /// <summary>Whether to send a ReadIndex request: queries wait, and no request is under way.</summary>
    public bool IsRequestDue => _waiting.Count > 0 && ReadId is null;

    /// <returns>False if the limit is reached.</returns>
    public bool TryAdd(IActorRef client, Query query)
    {
        if (_count >= capacity) return false;
        _count++;
        _waiting.Add((client, query));
        return true;
    }

    /// <summary>Starts a request for all waiting queries.</summary>
    public void BeginRequest(long readId)
    {
        ReadId = readId;
        (_requested, _waiting) = (_waiting, []);
    }

    /// <summary>The leader answered the request under way.</summary>
    public void OnReadIndex(LogIndex index)
    {
        _confirmed.Enqueue((index, _requested));
        ReadId = null;
        _requested = [];
    }

    /// <summary>Removes and returns the queries that a state machine at this index can answer, grouped by client.</summary>
    public IEnumerable<IGrouping<IActorRef, Query>> DrainAnswerable(LogIndex index)
    {
        var answerable = new List<(IActorRef Client, Query Query)>();
        while (_confirmed.TryPeek(out var next) && next.Index <= index) answerable.AddRange(_confirmed.Dequeue().Reads);
        _count -= answerable.Count;
        return answerable.GroupBy(read => read.Client, read => read.Query);
    }

    /// <summary>All queries.</summary>
    public IEnumerable<(IActorRef Client, Query Query)> All =>
        _confirmed.SelectMany(confirmed => confirmed.Reads).Concat(_requested).Concat(_waiting);
}
