namespace Raft.Actors.Protocol;

/// <summary>
/// Requests, about once a second, that a group's nodes publish their state. Nodes that get no request publish only transitions.
/// </summary>
/// <param name="IsWatched">Whether somebody is watching and needs every index; otherwise the monitor only collects the activity
/// of the last minutes.</param>
internal sealed record MonitoringRequested(bool IsWatched);

/// <summary>The activity of a leader in the last second.</summary>
/// <param name="NodeId">The leader.</param>
/// <param name="Term">The term that it leads.</param>
/// <param name="WritesPerSecond">Commands committed per second.</param>
/// <param name="CommitP50">Median time from the leader's accepting a command to its commit; null if nothing was
/// committed.</param>
/// <param name="CommitP99">99th percentile of that time.</param>
internal sealed record LeaderActivity(
    NodeId NodeId, Term Term, double WritesPerSecond, TimeSpan? CommitP50, TimeSpan? CommitP99);
