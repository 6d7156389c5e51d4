using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using ClusterStatus = Akka.Cluster.MemberStatus;

namespace Raft.Actors.Groups;

/// <summary>
/// Fills a <see cref="NodeDirectory"/> from Akka.Cluster, where a role of each member names its Raft node. A node that left or is
/// unreachable keeps its last address: Raft finds out by itself which nodes answer. The address changes only when the process at
/// the old address has been removed from the Akka cluster: until then, a process that joins under the same name does not replace
/// it.
/// </summary>
/// <example>
/// <code>
/// // akka.cluster.roles = ["raft-id-n1"]
/// var directory = ClusterDirectory.Start(system, known: []);
/// var group = RaftGroup.Start(system, new RaftSettings(system.Settings.Config), () =&gt; new KeyValueStore(), directory);
/// </code>
/// </example>
internal static class ClusterDirectory
{
    private const string RolePrefix = "raft-id-";

    /// <summary>Starts to follow the members of the Akka cluster.</summary>
    /// <param name="system">An ActorSystem with Akka.Cluster; it need not have joined yet.</param>
    /// <param name="known">Addresses known before, such as those of the last run.</param>
    /// <param name="configured">Addresses that an operator configured; the Akka cluster does not override them.</param>
    /// <returns>The directory, which follows the cluster until the ActorSystem ends.</returns>
    public static NodeDirectory Start(
        ActorSystem system, IEnumerable<RaftMember> known, params IEnumerable<RaftMember> configured)
    {
        var directory = new NodeDirectory(known);
        foreach (var member in configured) directory.Fix(member);
        system.ActorOf(Props.Create(() => new Listener(directory)), "raft-directory");
        return directory;
    }

    /// <summary>Returns the Akka role that names a Raft node, such as <c>raft-id-n1</c>.</summary>
    /// <param name="node">The node.</param>
    public static string RoleOf(NodeId node) => RolePrefix + node;

    /// <summary>Returns whether an Akka role names a Raft node.</summary>
    internal static bool IsRole(string role) => role.StartsWith(RolePrefix, StringComparison.Ordinal);

    /// <summary>Returns the Raft node of a member of the Akka cluster.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The node; null if the member has none.</returns>
    public static NodeId? NodeOf(Akka.Cluster.Member member)
    {
        var role = member.Roles.FirstOrDefault(IsRole);
        try
        {
            return role is null ? null : NodeId.Parse(role[RolePrefix.Length..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed class Listener : ReceiveActor
    {
        private readonly NodeDirectory _directory;
        private readonly Dictionary<UniqueAddress, Akka.Cluster.Member> _members = [];

        public Listener(NodeDirectory directory)
        {
            _directory = directory;
            Receive<ClusterEvent.CurrentClusterState>(state =>
            {
                foreach (var member in state.Members) _members[member.UniqueAddress] = member;
                foreach (var node in state.Members.Select(NodeOf).OfType<NodeId>().Distinct()) Update(node);
            });
            Receive<ClusterEvent.IMemberEvent>(OnMember);
            Cluster.Get(Context.System).Subscribe(
                Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
        }

        protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

        private void OnMember(ClusterEvent.IMemberEvent e)
        {
            if (e is ClusterEvent.MemberRemoved) _members.Remove(e.Member.UniqueAddress);
            else _members[e.Member.UniqueAddress] = e.Member;
            if (NodeOf(e.Member) is { } node) Update(node);
        }

        /// <summary>
        /// Of several processes with one name, the one whose address is known keeps the name; else the oldest gets it.
        /// </summary>
        private void Update(NodeId node)
        {
            var processes = _members.Values.Where(m => NodeOf(m) == node).Order(Akka.Cluster.Member.AgeOrdering).ToArray();
            var known = _directory.Find(node);
            if (processes.Any(m => AddressOf(node, m) is { } address && address == known)) return;
            var next = processes.FirstOrDefault(
                m => m.Status is ClusterStatus.Joining or ClusterStatus.WeaklyUp or ClusterStatus.Up);
            if (next is not null && AddressOf(node, next) is { } moved) _directory.Put(moved);
        }

        private static RaftMember? AddressOf(NodeId node, Akka.Cluster.Member member) =>
            member.Address is { Host: { } host, Port: { } port } ? new RaftMember(node, host, port) : null;
    }
}
