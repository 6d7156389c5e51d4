using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;

namespace Raft.Actors.Groups;

/// <summary>Shared by all groups of an ActorSystem: its address, and the directory of its Akka cluster if there is one.</summary>
internal sealed class GroupContext
{
    private readonly Address _address;
    private readonly Cluster? _cluster;
    private readonly NodeDirectory? _directory;

    public GroupContext(ExtendedActorSystem system)
    {
        _address = system.Provider.DefaultAddress;
        if (system.Provider is not IClusterActorRefProvider) return;
        _cluster = Cluster.Get(system);
        _directory = ClusterDirectory.Start(system, known: []);
    }

    /// <summary>Returns the addresses of a group's nodes: from the Akka cluster, or from the members without one.</summary>
    /// <exception cref="RaftConfigurationException">Other nodes could not reach this node.</exception>
    public NodeDirectory DirectoryFor(RaftSettings settings)
    {
        if (_cluster is null || _directory is null) return Static(settings);
        var role = ClusterDirectory.RoleOf(settings.NodeId);
        if (!_cluster.SelfRoles.Contains(role))
            throw new RaftConfigurationException(
                $"akka.cluster.roles lacks {role}: call WithRaft after WithClustering, or add the role where the roles are set.");
        if (_cluster.SelfRoles.FirstOrDefault(r => ClusterDirectory.IsRole(r) && r != role) is { } other)
            throw new RaftConfigurationException(
                $"akka.cluster.roles has {role} and {other}: all groups of one ActorSystem have the same node id.");
        foreach (var member in settings.Members) _directory.Fix(member);
        _directory.Fix(new RaftMember(settings.NodeId, _address.Host!, _address.Port!.Value));
        return _directory;
    }

    private NodeDirectory Static(RaftSettings settings)
    {
        if (settings.BootstrapExpect > 0)
            throw new RaftConfigurationException(
                "raft.bootstrap-expect needs Akka.Cluster, through which nodes find each other: call WithClustering, or name the "
                + "members.");
        var self = settings.Members.Single(m => m.Id == settings.NodeId);
        return string.Equals(self.Host, _address.Host, StringComparison.OrdinalIgnoreCase) && self.Port == _address.Port
            ? new NodeDirectory(settings.Members)
            : throw new RaftConfigurationException(
                $"raft.members says that {self.Id} is at {self.Address}, and its Akka.Remote is at {_address.HostPort()}: "
                + "the others could not reach it.");
    }
}
