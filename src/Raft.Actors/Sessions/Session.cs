using Raft.Actors.Protocol;

namespace Raft.Actors.Sessions;

/// <summary>The replies of one session that its client may still request.</summary>
internal sealed class Session
{
    private readonly Dictionary<long, CommandApplied> _replies = [];

    public Session()
    {
    }

    /// <param name="state">The session in a snapshot.</param>
    public Session(SessionState state)
    {
        Acknowledged = state.Acknowledged;
        foreach (var (sequence, reply) in state.Replies) _replies.Add(sequence, reply);
    }

    /// <summary>Replies up to this sequence are dropped.</summary>
    public long Acknowledged { get; private set; }

    public int Replies => _replies.Count;

    public SessionState State(SessionId id, TimeSpan usedAt) =>
        new(id, usedAt, Acknowledged, [.. _replies.OrderBy(reply => reply.Key)]);

    public CommandApplied? ReplyTo(long sequence) => _replies.GetValueOrDefault(sequence);

    public void Keep(long sequence, CommandApplied reply) => _replies.Add(sequence, reply);

    /// <summary>Drops the replies up to this sequence. A late, older acknowledgement has no effect.</summary>
    public void Acknowledge(long sequence)
    {
        if (sequence <= Acknowledged) return;
        if (sequence - Acknowledged > _replies.Count)
        {
            foreach (var old in _replies.Keys.Where(kept => kept <= sequence).ToArray()) _replies.Remove(old);
        }
        else
        {
            for (var old = Acknowledged + 1; old <= sequence; old++) _replies.Remove(old);
        }

        Acknowledged = sequence;
    }
}
