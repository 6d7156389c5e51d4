using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// What the Meter of a node has as its <c>Scope</c>. A node that starts again has a new Meter of the same scope.
/// </summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node, with the address that its peers reach.</param>
public sealed record NodeScope(GroupId Group, RaftMember Node);
