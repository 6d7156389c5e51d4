using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using ClusterStatus = Akka.Cluster.MemberStatus;
using Member = Raft.Actors.Membership.Member;

namespace Raft.Actors.Hosting;

/// <summary>
/// Fills a <see cref="NodeDirectory"/> from Akka.Cluster: a member of the Akka cluster tells by a role which Raft node it is. A
/// node that left or is unreachable keeps its last address: Raft finds out by itself who answers.
/// </summary>
/// <example>
/// <code>
/// // akka.cluster.roles = ["raft-id-n1"]
/// var directory = ClusterDirectory.Start(system, known: []);
/// var group = RaftGroup.Start(system, new RaftSettings(system.Settings.Config), () =&gt; new KeyValueStore(), directory);
/// </code>
/// </example>
public static class ClusterDirectory
{
    private const string RolePrefix = "raft-id-";

    /// <summary>Starts to follow the Akka cluster.</summary>
    /// <param name="system">An ActorSystem with Akka.Cluster; it need not have joined yet.</param>
    /// <param name="known">Addresses that are known already, such as those of the last run.</param>
    /// <returns>The directory; it follows the cluster until the ActorSystem ends.</returns>
    public static NodeDirectory Start(ActorSystem system, IEnumerable<Member> known)
    {
        var directory = new NodeDirectory(known);
        system.ActorOf(Props.Create(() => new Listener(directory)), "raft-directory");
        return directory;
    }

    /// <summary>The role by which a member of the Akka cluster tells which Raft node it is, such as <c>raft-id-n1</c>.</summary>
    /// <param name="node">The node.</param>
    public static string RoleOf(NodeId node) => RolePrefix + node;

    /// <summary>Whether a role of the Akka cluster tells which Raft node a member is.</summary>
    internal static bool IsRole(string role) => role.StartsWith(RolePrefix, StringComparison.Ordinal);

    /// <summary>Which Raft node a member of the Akka cluster is.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The node; null where it is none.</returns>
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

        public Listener(NodeDirectory directory)
        {
            _directory = directory;
            Receive<ClusterEvent.CurrentClusterState>(state =>
            {
                // The youngest last: it is where a node that has moved is now.
                foreach (var member in state.Members.Order(Akka.Cluster.Member.AgeOrdering)) Put(member);
            });
            Receive<ClusterEvent.IMemberEvent>(e => Put(e.Member));
            Cluster.Get(Context.System).Subscribe(
                Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
        }

        protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

        private void Put(Akka.Cluster.Member member)
        {
            if (member.Status is not (ClusterStatus.Joining or ClusterStatus.WeaklyUp or ClusterStatus.Up)) return;
            if (NodeOf(member) is { } node && member.Address is { Host: { } host, Port: { } port })
                _directory.Put(new Member(node, host, port));
        }
    }
}
