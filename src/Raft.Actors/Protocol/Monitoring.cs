namespace Raft.Actors.Protocol;

/// <summary>Tells the nodes of a group, about once a second, that somebody listens. A node that hears nothing saves itself the work.</summary>
/// <param name="IsWatched">
/// Whether somebody looks now, and wants indexes as they move; else the listener only keeps the activity of the last minutes.
/// </param>
internal sealed record MonitoringRequested(bool IsWatched);

/// <summary>What a leader did in the last second.</summary>
/// <param name="NodeId">The leader.</param>
/// <param name="Term">The term that it leads.</param>
/// <param name="WritesPerSecond">Commands committed per second.</param>
/// <param name="CommitP50">Half of them were committed within this time after the leader took them; null where none was.</param>
/// <param name="CommitP99">99 of a hundred were.</param>
internal sealed record LeaderActivity(
    NodeId NodeId, Term Term, double WritesPerSecond, TimeSpan? CommitP50, TimeSpan? CommitP99);
