using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>Finds the leader, notices a new one, and gives up silent nodes (Raft §8).</summary>
internal sealed partial class RaftClientActor
{
    /// <summary>Rejections in a row after which the client uses the next contact instead.</summary>
    private const int MaxRefusals = 3;

    /// <summary>Maximum number of named leaders to contact in one search; a group has fewer nodes.</summary>
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

    /// <summary>Stale queries read the state of this process's own node if it has one, and of no other node.</summary>
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
    /// Follows a node that claims to lead, unless a node of a newer term did so before. If a node names another one, asks that
    /// one, once.
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

    /// <summary>Asks all contacts again, because the client did not believe earlier answers.</summary>
    private void OnClusterLearned()
    {
        _leader = null;
        SendAllAgain();
        AskWhoLeads();
    }

    /// <summary>Warns once about each node, because a node answers each search for the leader.</summary>
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

    /// <summary>Checks whether the leader is silent, and whether it has lost a request.</summary>
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

    /// <summary>Puts back all requests that the old leader had, for the next one.</summary>
    private void SendAllAgain() => SendAgainWhere(request => request.IsForLeader);

    private void SendAgainWhere(Func<ClientRequest, bool> isMeant)
    {
        foreach (var request in _pending.Values.Where(r => r.SentAt is not null && isMeant(r)).OrderBy(r => r.Id).ToArray())
            SendAgain(request);
    }

    /// <summary>If the nearest node is silent, sends queries that another node can answer to the next one.</summary>
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

    /// <summary>Asks the first contact, which is the nearest, whether it knows a leader again, to return to it.</summary>
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
