using Raft.Actors.Protocol;

namespace Raft.Actors.Sessions;

/// <summary>
/// What a group remembers of its clients, as a snapshot holds it. Sessions and keys stand in the order of their last use, in which
/// they are forgotten.
/// </summary>
/// <param name="Now">The log time.</param>
/// <param name="Limits">The limits that hold.</param>
/// <param name="Sessions">The open sessions.</param>
/// <param name="Keys">The idempotency keys.</param>
internal sealed record SessionsState(
    TimeSpan Now, SessionLimits Limits, IReadOnlyList<SessionState> Sessions, IReadOnlyList<KeyState> Keys);

/// <summary>An open session.</summary>
/// <param name="Id">The session.</param>
/// <param name="UsedAt">When it was used last, in log time.</param>
/// <param name="Acknowledged">Replies up to this sequence are forgotten.</param>
/// <param name="Replies">The others, by their sequence.</param>
internal sealed record SessionState(
    SessionId Id, TimeSpan UsedAt, long Acknowledged, IReadOnlyList<KeyValuePair<long, CommandApplied>> Replies);

/// <summary>An idempotency key.</summary>
/// <param name="Key">The key.</param>
/// <param name="UsedAt">When it was used, in log time.</param>
/// <param name="Command">Which command it was used for.</param>
/// <param name="Reply">The reply to it.</param>
internal sealed record KeyState(IdempotencyKey Key, TimeSpan UsedAt, CommandHash Command, CommandApplied Reply);
