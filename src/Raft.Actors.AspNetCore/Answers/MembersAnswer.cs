using System.ComponentModel;

namespace Raft.Actors.AspNetCore.Answers;

/// <summary>The members of the group, and other nodes and processes.</summary>
internal sealed record MembersAnswer(
    [property: Description("The node that responds; null for a gateway.")] string? SeenFrom,
    [property: Description("The leader; null if it is not certain who leads.")] string? LeaderId,
    [property: Description("All nodes, members or not, sorted by name.")] IReadOnlyList<MemberViewAnswer> Nodes,
    [property: Description("Processes in the Akka cluster that are not nodes: gateways and lighthouses.")]
    IReadOnlyList<AkkaMemberAnswer> Others);

/// <summary>A node, member or not.</summary>
internal sealed record MemberViewAnswer(
    string NodeId,
    [property: Description("Whether it is a voting member of the group.")] bool Member,
    [property: Description("The address on which its Akka.Remote listens; null if unknown.")] string? Address,
    [property: Description("Whether it responded within one second.")] bool Reachable,
    [property: Description("`follower`, `candidate` or `leader`; null if it is unavailable or did not respond.")] string? Role,
    long? Term,
    long? LastLogIndex,
    [property: Description("The number of entries of the leader's log that it lacks; null if unknown.")] long? Behind,
    [property: Description(
        "Milliseconds since it last responded to the process that responds here; null if never.")] long? LastHeardMs,
    [property: Description("Why it is unavailable; null if it is available or did not respond.")] string? Problem,
    [property: Description("Its process in the Akka cluster; null if it has none.")] AkkaMemberAnswer? Akka);

/// <summary>A process in the Akka cluster.</summary>
internal sealed record AkkaMemberAnswer(
    string Address,
    [property: Description("Such as `joining`, `up` or `leaving`.")] string Status,
    IReadOnlyList<string> Roles,
    [property: Description("Whether its heartbeats arrive.")] bool Reachable);
