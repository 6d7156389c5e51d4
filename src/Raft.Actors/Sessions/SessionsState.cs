using Raft.Actors.Protocol;

namespace Raft.Actors.Sessions;

/// <summary>
/// The sessions and idempotency keys of a group, as in a snapshot. They are ordered by their last use, in which order they are
/// dropped.
/// </summary>
/// <param name="Now">The current log time.</param>
/// <param name="Limits">The current limits.</param>
/// <param name="Sessions">The open sessions.</param>
/// <param name="Keys">The idempotency keys.</param>
internal sealed record SessionsState(
    TimeSpan Now, SessionLimits Limits, IReadOnlyList<SessionState> Sessions, IReadOnlyList<KeyState> Keys);

/// <summary>An open session.</summary>
/// <param name="Id">The session.</param>
/// <param name="UsedAt">The log time of its last use.</param>
/// <param name="Acknowledged">Replies up to this sequence are dropped.</param>
/// <param name="Replies">The other replies, ordered by sequence.</param>
internal sealed record SessionState(
    SessionId Id, TimeSpan UsedAt, long Acknowledged, IReadOnlyList<KeyValuePair<long, CommandApplied>> Replies);

/// <summary>An idempotency key.</summary>
/// <param name="Key">The key.</param>
/// <param name="UsedAt">The log time of its use.</param>
/// <param name="Command">The hash of the command that used it.</param>
/// <param name="Reply">The reply to that command.</param>
internal sealed record KeyState(IdempotencyKey Key, TimeSpan UsedAt, CommandHash Command, CommandApplied Reply);
