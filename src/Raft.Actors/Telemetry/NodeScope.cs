using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>The <c>Scope</c> of a node's Meter. A node that restarts has a new Meter with the same scope.</summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node, with the address by which its peers reach it.</param>
public sealed record NodeScope(GroupId Group, RaftMember Node);
