using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// Which nodes may bootstrap a cluster together: a number of discovered nodes, or the members that the settings name. Pure.
/// </summary>
/// <param name="Expect">How many participants a plan must have.</param>
/// <param name="Members">Exactly these nodes, if the settings name them; empty if the nodes are discovered.</param>
/// <param name="IsSuccessor">Whether the node lost an earlier journal. Then it bootstraps no cluster, since one may
/// exist.</param>
internal sealed record BootstrapRule(int Expect, IReadOnlyCollection<NodeId> Members, bool IsSuccessor)
{
    /// <summary>The nodes that this node waits for, as a clause for log lines and messages.</summary>
    public string Sought => Members.Count > 0
        ? $"all members, {string.Join(", ", Members)}, are there to bootstrap the cluster"
        : $"{Expect} nodes without a cluster see each other";

    /// <summary>Whether a node may be a participant.</summary>
    public bool Knows(NodeId node) => Members.Count == 0 || Members.Contains(node);

    /// <summary>Whether these nodes may bootstrap a cluster.</summary>
    public bool MayBootstrap(IReadOnlyCollection<NodeId> participants) => participants.Count == Expect && MayBe(participants);

    /// <summary>Whether these nodes can be the members of this node's cluster.</summary>
    public bool MayBe(IReadOnlyCollection<NodeId> voters) =>
        Members.Count == 0 || (voters.Count == Members.Count && voters.All(Members.Contains));
}

/// <summary>What a cluster says about a node that has no cluster.</summary>
internal enum Standing
{
    /// <summary>The node is not a member, or too few members have confirmed that it is one.</summary>
    Outsider,

    /// <summary>The node has promised to join the cluster and so belongs to it.</summary>
    Participant,

    /// <summary>A majority of the other members confirm that the node is a member with another journal.</summary>
    MemberWithoutJournal,
}
