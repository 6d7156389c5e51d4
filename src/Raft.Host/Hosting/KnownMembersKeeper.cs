using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Raft.Actors.Groups;
using Raft.Actors.Membership;
using Raft.Programs.Addresses;
using Member = Akka.Cluster.Member;

namespace Raft.Host.Hosting;

/// <summary>Keeps <see cref="KnownMembers"/> as the Akka cluster is.</summary>
internal sealed class KnownMembersKeeper : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly KnownMembers _known;
    private bool _hasFailed;

    public KnownMembersKeeper(KnownMembers known)
    {
        _known = known;
        Receive<ClusterEvent.IClusterDomainEvent>(_ => Put());
        Receive<ClusterEvent.CurrentClusterState>(_ => Put());
    }

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <summary>
    /// Of two members with one node id the older one is put last: as long as it is there, the other does not take its place.
    /// </summary>
    private void Put()
    {
        var members = _cluster.State.Members.Order(Member.AgeOrdering).Reverse()
            .Select(m => (Node: ClusterDirectory.NodeOf(m), Address: HostPort.Of(m.Address)))
            .ToLookup(m => m.Node is not null);
        if (members.Count == 0) return;
        try
        {
            _known.Put(
                members[true].Select(m => new RaftMember(m.Node!.Value, m.Address.Host, m.Address.Port)),
                members[false].Select(m => m.Address));
            _hasFailed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed) _log.Warning("The members that are known can't be kept for the next start: {Reason}", e.Message);
            _hasFailed = true;
        }
    }
}
