using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Linearizable reads of a leader (Raft §8, dissertation §6.4). Reads that arrive while a round is under way wait for the
/// next one: a reply to an older round proves nothing about them.
/// </summary>
/// <param name="capacity">Questions that wait, at the most.</param>
internal sealed class PendingReads(int capacity)
{
    private List<(IActorRef Client, Question Question)> _waiting = [];
    private List<(IActorRef Client, Question Question)> _inRound = [];

    /// <summary>The newest round; 0 before the first.</summary>
    public long Round { get; private set; }

    /// <summary>Whether a round can begin: reads wait, and none is under way.</summary>
    public bool IsRoundDue => _waiting.Count > 0 && _inRound.Count == 0;

    /// <returns>False where the limit is reached.</returns>
    public bool TryAdd(IActorRef client, Question question)
    {
        if (_waiting.Count + _inRound.Count >= capacity) return false;
        _waiting.Add((client, question));
        return true;
    }

    /// <summary>Begins a round for all reads that wait.</summary>
    public void BeginRound()
    {
        (_inRound, _waiting) = (_waiting, []);
        Round++;
    }

    /// <summary>The reads that a majority's answer to <paramref name="round"/> confirms.</summary>
    public IEnumerable<IGrouping<IActorRef, Question>> TakeConfirmed(long round)
    {
        if (round < Round || _inRound.Count == 0) return [];
        var confirmed = _inRound;
        _inRound = [];
        return confirmed.GroupBy(read => read.Client, read => read.Question);
    }

    /// <summary>All reads; none is left.</summary>
    public IEnumerable<(IActorRef Client, Question Question)> TakeAll()
    {
        var all = _inRound.Concat(_waiting).ToArray();
        _inRound = [];
        _waiting = [];
        return all;
    }
}
