using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>How a client finds the leader, notices that another one leads, and leaves a node that is silent (Raft §8).</summary>
internal sealed partial class RaftClientActor
{
    /// <summary>A node that refuses so often in a row that it leads to nothing is left for the next contact.</summary>
    private const int MaxRefusals = 3;

    /// <summary>Leaders that nodes named, which are asked for each time that all nodes are; a group has fewer nodes.</summary>
    private const int MaxPathsAsked = 16;

    private readonly HashSet<string> _pathsAsked = [];
    private readonly HashSet<ActorPath> _others = [];
    private IActorRef? _leader;
    private Term _leaderTerm = Term.Zero;
    private TimeSpan _heardAt;
    private int _nearest;
    private int _refusals;
    private TimeSpan _firstAskedAt;
    private bool _isFirstAsked;

    private IActorRef? First => _contacts() is [var first, ..] ? first : null;

    private IActorRef? Nearest(ReadConsistency consistency)
    {
        var contacts = _contacts();
        return contacts.Count == 0 ? null : contacts[MayMove(consistency) ? _nearest % contacts.Count : 0];
    }

    /// <summary>Stale queries ask for the state of this process's own node, where it has one, and stay there.</summary>
    private bool MayMove(ReadConsistency consistency) =>
        consistency == ReadConsistency.Follower || (_kind == ContactKind.AllKnown && consistency == ReadConsistency.Stale);

    private void AskWhoLeads()
    {
        _pathsAsked.Clear();
        var contacts = _contacts();
        foreach (var contact in contacts) AskWhoLeads(contact);
        if (_leader is { } leader && !contacts.Contains(leader)) AskWhoLeads(leader);
    }

    private void AskWhoLeads(IActorRef node) => node.Tell(new FindLeader { Cluster = _cluster.Id });

    /// <summary>
    /// Takes a node at its word that it leads, unless one of a newer term said so before; a node that names another makes
    /// that one be asked, once.
    /// </summary>
    private void OnLeaderIs(LeaderIs answer)
    {
        var before = _cluster.Id;
        _search.Hear(Sender.Path, answer, _contacts());
        if (_cluster.Id != before) OnClusterLearned();
        if (answer.Cluster is null || answer.Cluster == _cluster.Id) OnLeaderIsOfCluster(answer);
        else if (_cluster.Id is { } own) WarnOfOther(answer.Cluster.Value, own);
        else AskNamed(answer);
    }

    private void OnLeaderIsOfCluster(LeaderIs answer)
    {
        if (answer.IsSelf || answer.Path is not null) ReturnToFirst();
        if (answer.IsSelf && answer.Term >= _leaderTerm)
        {
            // A leader of a newer term has none of what waits at the one before.
            if (answer.Term > _leaderTerm) SendAllAgain();
            if (_leader is null || answer.Term > _leaderTerm || Sender.Equals(_leader)) Follow(answer.Term);
        }
        else
        {
            AskNamed(answer);
        }
    }

    private void AskNamed(LeaderIs answer)
    {
        if (answer.Path is { } path && _pathsAsked.Count < MaxPathsAsked && _pathsAsked.Add(path)) AskWhoLeads(_resolve(path));
    }

    /// <summary>Whoever said before that it leads was not believed: all say it again.</summary>
    private void OnClusterLearned()
    {
        _leader = null;
        SendAllAgain();
        AskWhoLeads();
    }

    /// <summary>Warns once of each node: it answers each time that the leader is looked for.</summary>
    private void WarnOfOther(ClusterId other, ClusterId own)
    {
        const int Limit = 64;
        if (_others.Count >= Limit || !_others.Add(Sender.Path)) return;
        Context.GetLogger().Warning(
            "{Address} answers for cluster {Other}, and this client is of cluster {Cluster}: it gets no requests. Correct the "
            + "address that leads there", Sender.Path.Address, other, own);
    }

    private void Follow(Term term)
    {
        _leader = Sender;
        _leaderTerm = term;
        _heardAt = Now;
        SendSoon();
    }

    /// <summary>Looks whether the leader is still there, and whether it has lost a request.</summary>
    private void LookAfterLeader(TimeSpan now)
    {
        if (_leader is null) return;
        var oldest = _pending.Values.Where(r => r.IsForLeader && r.SentAt is not null).Min(r => r.SentAt);
        if (oldest is not { } sentAt) return;

        var silence = now - (sentAt > _heardAt ? sentAt : _heardAt);
        if (silence >= _settings.FailoverAfter)
        {
            _leader = null;
            SendAllAgain();
            SendSoon();
        }
        else if (silence >= _settings.SearchAfter)
        {
            AskWhoLeads();
        }
        else if (now - sentAt >= 2 * _settings.FailoverAfter)
        {
            SendAgainWhere(request => request.IsForLeader && now - request.SentAt >= 2 * _settings.FailoverAfter);
            SendSoon();
        }
    }

    /// <summary>Everything that a leader had goes to whoever leads now.</summary>
    private void SendAllAgain() => SendAgainWhere(request => request.IsForLeader);

    private void SendAgainWhere(Func<ClientRequest, bool> isMeant)
    {
        foreach (var request in _pending.Values.Where(r => r.SentAt is not null && isMeant(r)).OrderBy(r => r.Id).ToArray())
            SendAgain(request);
    }

    /// <summary>The nearest node is silent: a query that another one can answer as well goes there.</summary>
    private void LookAfterNearest(TimeSpan now)
    {
        AskFirstAgain(now);
        if (!_pending.Values.Any(r => MayMove(r) && now - r.SentAt >= _settings.FailoverAfter)) return;
        MoveOn();
        SendAgainWhere(MayMove);
        SendSoon();
    }

    private void OnRefusedByNearest(ClientRequest request)
    {
        if (MayMove(request) && ++_refusals >= MaxRefusals) MoveOn();
    }

    private void OnAnswered(ClientRequest request, ClientReply reply)
    {
        if (MayMove(request)) _refusals = 0;
        request.Succeed(reply);
    }

    private bool MayMove(ClientRequest request) => request.Kind == RequestKind.Query && MayMove(request.Consistency);

    private void MoveOn()
    {
        if (_nearest == 0) _firstAskedAt = Now;
        _nearest = (_nearest + 1) % Math.Max(1, _contacts().Count);
        _refusals = 0;
    }

    /// <summary>The first contact is the nearest: it gets its queries back once it knows a leader again.</summary>
    private void AskFirstAgain(TimeSpan now)
    {
        if (_nearest == 0 || now - _firstAskedAt < _settings.FailoverAfter) return;
        _firstAskedAt = now;
        _isFirstAsked = true;
        if (First is { } first) AskWhoLeads(first);
    }

    private void ReturnToFirst()
    {
        if (!_isFirstAsked || !Sender.Path.Equals(First?.Path)) return;
        _nearest = 0;
        _refusals = 0;
        _isFirstAsked = false;
    }
}
