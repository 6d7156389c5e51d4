using Raft.Actors.Protocol;

namespace Raft.Actors.Sessions;

/// <summary>
/// Makes a command that comes again be applied once (dissertation §6.3). Part of the replicated state: it depends on the
/// entries alone, so it is the same on all nodes, and recovery makes it again from a snapshot and the log. Pure.
/// </summary>
/// <param name="apply">The state machine's <c>Apply</c>.</param>
internal sealed class SessionTable(Func<LogIndex, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> apply)
{
    private readonly RecentlyUsed<SessionId, Session> _sessions = new();
    private readonly RecentlyUsed<IdempotencyKey, KeyedReply> _keys = new();
    private SessionLimits _limits = SessionLimits.Default;
    private TimeSpan _now;

    /// <summary>Sessions that are open.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Idempotency keys that are remembered.</summary>
    public int Keys => _keys.Count;

    /// <summary>Takes the next committed entry.</summary>
    /// <returns>The reply to whoever waits for it, for request 0; null for a no-op, which nobody waits for.</returns>
    public ClientReply? Take(LogEntry entry)
    {
        Expire(entry.Time);
        return entry.Kind switch
        {
            EntryKind.OpenSession => Open(entry),
            EntryKind.Command => entry.Origin switch
            {
                SessionCommand origin => Apply(entry, origin),
                KeyedCommand origin => Apply(entry, origin.Key),
                _ => Apply(entry),
            },
            _ => null,
        };
    }

    /// <summary>What the table remembers, for a snapshot.</summary>
    public SessionsState State() => new(
        _now,
        _limits,
        [.. _sessions.Slots.Select(slot => slot.Value.State(slot.Key, slot.UsedAt))],
        [.. _keys.Slots.Select(slot => new KeyState(slot.Key, slot.UsedAt, slot.Value.Command, slot.Value.Reply))]);

    /// <summary>Remembers what a snapshot holds, and nothing else.</summary>
    public void Restore(SessionsState state)
    {
        (_now, _limits) = (state.Now, state.Limits);
        _sessions.TrimTo(0);
        _keys.TrimTo(0);
        foreach (var session in state.Sessions) _sessions.Add(session.Id, new Session(session), session.UsedAt);
        foreach (var key in state.Keys) _keys.Add(key.Key, new KeyedReply(key.Command, key.Reply), key.UsedAt);
    }

    /// <summary>What is not used for the timeout is forgotten, by the time of the log.</summary>
    private void Expire(TimeSpan time)
    {
        if (time > _now) _now = time;
        _sessions.RemoveUntil(_now - _limits.Timeout);
        _keys.RemoveUntil(_now - _limits.KeyTimeout);
    }

    /// <summary>
    /// A key that was first used at this time or before may make room for another one. The client of a younger one may still send its
    /// command again, and would have it applied twice.
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

    private CommandApplied Apply(LogEntry entry) => new(RequestId: 0, entry.Index, entry.Term, apply(entry.Index, entry.Command));

    private ClientReply Apply(LogEntry entry, SessionCommand origin)
    {
        if (!_sessions.TryGet(origin.Session, out var session)) return new SessionExpired(RequestId: 0);
        _sessions.Touch(origin.Session, _now);
        session.Acknowledge(origin.Acknowledged);
        if (session.ReplyTo(origin.Sequence) is { } first) return first;
        if (origin.Sequence <= session.Acknowledged)
            return new RequestRefused(
                RequestId: 0,
                $"Command {origin.Sequence} of session {origin.Session} has ended for its client; its reply is forgotten.");
        if (session.Replies >= _limits.MaxReplies) return new Overloaded(RequestId: 0);

        var reply = Apply(entry);
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

        var reply = Apply(entry);
        _keys.Add(key, new KeyedReply(hash, reply), _now);
        return reply;
    }

    private sealed record KeyedReply(CommandHash Command, CommandApplied Reply);
}
