using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>Who may found a cluster with a node: so many that are found, or the members that its settings name. Pure.</summary>
/// <param name="Expect">How many founders a plan must have.</param>
/// <param name="Members">Exactly these, where they are named; none where they are found.</param>
/// <param name="IsSuccessor">Whether the node had a journal before: then it founds nothing, since there may be a cluster.</param>
internal sealed record BootstrapRule(int Expect, IReadOnlyCollection<NodeId> Members, bool IsSuccessor)
{
    /// <summary>Whom a node waits for, as a clause for people.</summary>
    public string Sought => Members.Count > 0
        ? $"all members, {string.Join(", ", Members)}, are there to found the cluster"
        : $"{Expect} nodes without a cluster see each other";

    /// <summary>Whether this node may be a founder.</summary>
    public bool Knows(NodeId node) => Members.Count == 0 || Members.Contains(node);

    /// <summary>Whether these nodes may found a cluster.</summary>
    public bool MayFound(IReadOnlyCollection<NodeId> founders) => founders.Count == Expect && MayBe(founders);

    /// <summary>Whether these can be the members of this node's cluster.</summary>
    public bool MayBe(IReadOnlyCollection<NodeId> voters) =>
        Members.Count == 0 || (voters.Count == Members.Count && voters.All(Members.Contains));
}

/// <summary>What a cluster makes of a node without one.</summary>
internal enum Standing
{
    /// <summary>The node is no member, or too few have said that it is one.</summary>
    Outsider,

    /// <summary>The node is promised to it, and so belongs to it.</summary>
    Participant,

    /// <summary>The node is a member, and does not have the journal of one: a majority of the other members say so.</summary>
    MemberWithoutJournal,
}
