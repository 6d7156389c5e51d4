using Raft.Actors.Protocol;

namespace Raft.Actors.Sessions;

/// <summary>
/// Applies a command that is sent again only once (dissertation §6.3). It is part of the replicated state: it depends only on the
/// entries, so it is the same on all nodes and can be recovered from a snapshot and the log. Pure.
/// </summary>
/// <param name="apply">The state machine's <c>Apply</c>.</param>
internal sealed class SessionTable(Func<LogIndex, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> apply)
{
    private readonly RecentlyUsed<SessionId, Session> _sessions = new();
    private readonly RecentlyUsed<IdempotencyKey, KeyedReply> _keys = new();
    private SessionLimits _limits = SessionLimits.Default;
    private TimeSpan _now;

    /// <summary>The number of open sessions.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>The number of stored idempotency keys.</summary>
    public int Keys => _keys.Count;

    /// <summary>Applies the next committed entry.</summary>
    /// <returns>The reply to the waiting client, with request id 0; null for an entry that no client waits for.</returns>
    public ClientReply? Apply(LogEntry entry)
    {
        Expire(entry.Time);
        return entry.Kind switch
        {
            EntryKind.OpenSession => Open(entry),
            EntryKind.Command => entry.Origin switch
            {
                SessionCommand origin => Apply(entry, origin),
                KeyedCommand origin => Apply(entry, origin.Key),
                _ => ApplyOnce(entry),
            },
            _ => null,
        };
    }

    /// <summary>The table's state for a snapshot.</summary>
    public SessionsState State() => new(
        _now,
        _limits,
        [.. _sessions.Slots.Select(slot => slot.Value.State(slot.Key, slot.UsedAt))],
        [.. _keys.Slots.Select(slot => new KeyState(slot.Key, slot.UsedAt, slot.Value.Command, slot.Value.Reply))]);

    /// <summary>Replaces the table's state by that of a snapshot.</summary>
    public void Restore(SessionsState state)
    {
        (_now, _limits) = (state.Now, state.Limits);
        _sessions.TrimTo(0);
        _keys.TrimTo(0);
        foreach (var session in state.Sessions) _sessions.Add(session.Id, new Session(session), session.UsedAt);
        foreach (var key in state.Keys) _keys.Add(key.Key, new KeyedReply(key.Command, key.Reply), key.UsedAt);
    }

    /// <summary>Drops the sessions and keys that were unused for their timeout, in log time.</summary>
    private void Expire(TimeSpan time)
    {
        if (time > _now) _now = time;
        _sessions.RemoveUntil(_now - _limits.Timeout);
        _keys.RemoveUntil(_now - _limits.KeyTimeout);
    }

    /// <summary>
    /// A key that was first used at this time or before may be displaced by a new one. The client of a younger key may still send
    /// its command again, which would then be applied twice.
    /// </summary>
    private TimeSpan OldEnough => _now - _limits.Retention;

    private SessionOpened Open(LogEntry entry)
    {
        var id = new SessionId(entry.Index.Value);
        _limits = SessionLimits.Decode(entry.Command) ?? _limits;
        Expire(entry.Time);
        _sessions.Add(id, new Session(), _now);
        _sessions.TrimTo(_limits.MaxSessions);
        _keys.TrimTo(_limits.MaxSessions, OldEnough);
        return new SessionOpened(RequestId: 0, id);
    }

    private CommandApplied ApplyOnce(LogEntry entry) =>
        new(RequestId: 0, entry.Index, entry.Term, apply(entry.Index, entry.Command));

    private ClientReply Apply(LogEntry entry, SessionCommand origin)
    {
        if (!_sessions.TryGet(origin.Session, out var session)) return new SessionExpired(RequestId: 0);
        _sessions.Touch(origin.Session, _now);
        session.Acknowledge(origin.Acknowledged);
        if (session.ReplyTo(origin.Sequence) is { } first) return first;
        if (origin.Sequence <= session.Acknowledged)
            return new RequestRefused(
                RequestId: 0,
                $"The reply to command {origin.Sequence} of session {origin.Session} is no longer stored: its client "
                + "acknowledged it.");
        if (session.Replies >= _limits.MaxReplies) return new Overloaded(RequestId: 0);

        var reply = ApplyOnce(entry);
        session.Keep(origin.Sequence, reply);
        return reply;
    }

    private ClientReply Apply(LogEntry entry, IdempotencyKey key)
    {
        var hash = CommandHash.Of(entry.Command.Span);
        if (_keys.TryGet(key, out var first))
            return first.Command == hash
                ? first.Reply
                : new RequestRefused(RequestId: 0, $"The idempotency key '{key}' was used for another command; use a new one.");

        _keys.TrimTo(_limits.MaxSessions - 1, OldEnough);
        if (_keys.Count >= _limits.MaxSessions) return new Overloaded(RequestId: 0);

        var reply = ApplyOnce(entry);
        _keys.Add(key, new KeyedReply(hash, reply), _now);
        return reply;
    }

    private sealed record KeyedReply(CommandHash Command, CommandApplied Reply);
}
