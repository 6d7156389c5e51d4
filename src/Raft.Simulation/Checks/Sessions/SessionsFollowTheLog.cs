using Raft.Actors.Protocol;
using Raft.Actors.Sessions;

namespace Raft.Simulation.Checks.Sessions;

/// <summary>
/// The log alone decides which commands are applied: a command whose session is open, or whose key is remembered, by the log's
/// time and limits, if it was not applied before (dissertation §6.3, decision 009). So a session expires neither too early,
/// when its client still relies on it, nor too late, and on all nodes at the same entry.
/// </summary>
internal sealed class SessionsFollowTheLog : Check
{
    private readonly SessionModel _model = new();
    private readonly Dictionary<long, string> _refused = [];
    private readonly Queue<(long Index, object? Name)> _due = new();
    private readonly HashSet<long> _applied = [];
    private long _last;

    /// <inheritdoc/>
    public override string Name => "sessions follow the log";

    /// <inheritdoc/>
    public override string Source => "dissertation §6.3, hazard 20";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var after = change.After;
        if (!after.IsRunning) return;
        Read(change.Node);
        if (after.LastApplied == change.Before.LastApplied && change.IsSameIncarnation) return;
        while (_due.TryPeek(out var due) && due.Index <= after.LastApplied.Value)
        {
            _due.Dequeue();
            Examine();
            if (!_applied.Contains(due.Index))
                throw Violated(
                    $"by the log, command {due.Name ?? "without a name"} is to be applied at index {due.Index}",
                    $"{change.Node} has applied everything up to index {after.LastApplied}, but not it");
        }
    }

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    {
        Read(node);
        Examine();
        _applied.Add(index.Value);
        if (_refused.TryGetValue(index.Value, out var why))
            throw Violated($"by the log, the command at index {index} is not to be applied: {why}", $"{node} applied it");
    }

    /// <summary>Processes the entries that this node committed before any other node did.</summary>
    private void Read(NodeView node)
    {
        while (_last < node.State.CommitIndex.Value && node.Log.TermAt(new LogIndex(_last + 1)) is not null)
        {
            var entry = node.Log[new LogIndex(++_last)];
            var why = _model.Take(entry);
            if (entry.Kind != EntryKind.Command) continue;
            if (why is not null) _refused.Add(_last, why);
            else _due.Enqueue((_last, CommandNames.NameOf(entry.Origin)));
        }
    }

    /// <summary>What a group remembers of sessions and keys, in the simplest form.</summary>
    private sealed class SessionModel
    {
        private readonly Dictionary<SessionId, Session> _sessions = [];
        private readonly Dictionary<IdempotencyKey, TimeSpan> _keys = [];
        private readonly Queue<IdempotencyKey> _oldestKeys = new();
        private SessionLimits _limits = SessionLimits.Default;
        private TimeSpan _now;

        /// <returns>Why the entry's command is not applied; null if it is.</returns>
        public string? Take(LogEntry entry)
        {
            if (entry.Time > _now) _now = entry.Time;
            Forget();
            if (entry.Kind == EntryKind.OpenSession) Open(entry);
            return entry.Origin switch
            {
                SessionCommand command => Apply(entry.Index, command),
                KeyedCommand command => Apply(command.Key),
                _ => null,
            };
        }

        private void Open(LogEntry entry)
        {
            _limits = SessionLimits.Decode(entry.Command) ?? _limits;
            _sessions[new SessionId(entry.Index.Value)] = new Session { UsedAt = _now, UsedLast = entry.Index };
            Forget();
        }

        private string? Apply(LogIndex index, SessionCommand command)
        {
            if (!_sessions.TryGetValue(command.Session, out var session)) return $"session {command.Session} is not open";
            (session.UsedAt, session.UsedLast) = (_now, index);
            session.Acknowledged = Math.Max(session.Acknowledged, command.Acknowledged);
            session.Kept.RemoveWhere(kept => kept <= session.Acknowledged);
            if (session.Kept.Contains(command.Sequence)) return $"command {command.Sequence} of the session came before";
            if (command.Sequence <= session.Acknowledged) return $"command {command.Sequence} of the session has ended";
            if (session.Kept.Count >= _limits.MaxReplies) return $"the session has {session.Kept.Count} replies already";
            session.Kept.Add(command.Sequence);
            return null;
        }

        private string? Apply(IdempotencyKey key)
        {
            if (_keys.ContainsKey(key)) return $"key '{key}' came before";
            ForgetKeys(_limits.MaxSessions - 1);
            if (_keys.Count >= _limits.MaxSessions)
                return $"{_keys.Count} keys are there, and the oldest is {_now - _keys[_oldestKeys.Peek()]} old";
            _keys.Add(key, _now);
            _oldestKeys.Enqueue(key);
            return null;
        }

        private void Forget()
        {
            foreach (var (id, session) in _sessions)
            {
                if (session.UsedAt + _limits.Timeout <= _now) _sessions.Remove(id);
            }

            while (_sessions.Count > _limits.MaxSessions) _sessions.Remove(_sessions.MinBy(s => s.Value.UsedLast).Key);
            ForgetKeys(_limits.MaxSessions);
        }

        private void ForgetKeys(int max)
        {
            while (_oldestKeys.TryPeek(out var oldest) && _keys[oldest] + _limits.Retention <= _now
                && (_keys.Count > max || _keys[oldest] + _limits.Timeout <= _now))
                _keys.Remove(_oldestKeys.Dequeue());
        }

        private sealed class Session
        {
            public TimeSpan UsedAt { get; set; }

            public LogIndex UsedLast { get; set; }

            public long Acknowledged { get; set; }

            public HashSet<long> Kept { get; } = [];
        }
    }
}
