using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Queries that a follower answers itself (dissertation §6.4). Those that come while the leader is being asked wait for the
/// next request: its answer may be older than they are.
/// </summary>
/// <param name="capacity">Queries, at the most.</param>
internal sealed class FollowerReads(int capacity)
{
    private readonly Queue<(LogIndex Index, List<(IActorRef Client, Query Query)> Reads)> _confirmed = new();
    private List<(IActorRef Client, Query Query)> _waiting = [];
    private List<(IActorRef Client, Query Query)> _asked = [];
    private int _count;

    /// <summary>The request to the leader that is under way; null where none is.</summary>
    public long? ReadId { get; private set; }

    /// <summary>Whether the leader is to be asked: queries wait, and no request is under way.</summary>
    public bool IsRequestDue => _waiting.Count > 0 && ReadId is null;

    /// <returns>False where the limit is reached.</returns>
    public bool TryAdd(IActorRef client, Query query)
    {
        if (_count >= capacity) return false;
        _count++;
        _waiting.Add((client, query));
        return true;
    }

    /// <summary>Begins a request for all queries that wait.</summary>
    public void BeginRequest(long readId)
    {
        ReadId = readId;
        (_asked, _waiting) = (_waiting, []);
    }

    /// <summary>The leader answered the request that is under way.</summary>
    public void OnReadIndex(LogIndex index)
    {
        _confirmed.Enqueue((index, _asked));
        ReadId = null;
        _asked = [];
    }

    /// <summary>The queries that a state of this index answers; they are left out from now on.</summary>
    public IEnumerable<IGrouping<IActorRef, Query>> DrainAnswerable(LogIndex index)
    {
        var answerable = new List<(IActorRef Client, Query Query)>();
        while (_confirmed.TryPeek(out var next) && next.Index <= index) answerable.AddRange(_confirmed.Dequeue().Reads);
        _count -= answerable.Count;
        return answerable.GroupBy(read => read.Client, read => read.Query);
    }

    /// <summary>All queries; the follower's time is over.</summary>
    public IEnumerable<(IActorRef Client, Query Query)> All =>
        _confirmed.SelectMany(confirmed => confirmed.Reads).Concat(_asked).Concat(_waiting);
}
