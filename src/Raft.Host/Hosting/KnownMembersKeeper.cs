using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Raft.Actors.Groups;
using Raft.Actors.Membership;
using Raft.Programs.Addresses;
using Member = Akka.Cluster.Member;

namespace Raft.Host.Hosting;

/// <summary>Keeps <see cref="KnownMembers"/> in step with the Akka cluster.</summary>
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
    /// Lists the older one of two processes with the same node id last, so that the other does not replace it as long as it
    /// exists.
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
            if (!_hasFailed) _log.Warning("Can't store the known members for the next start: {Reason}", e.Message);
            _hasFailed = true;
        }
    }
}
