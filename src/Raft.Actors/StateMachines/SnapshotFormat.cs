using System.Buffers;
using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.StateMachines.Proto;

namespace Raft.Actors.StateMachines;

/// <summary>
/// The format of a snapshot: the sessions and idempotency keys, so that a command that is sent again gets its first answer
/// (dissertation §6.3), and then the state machine's bytes.
/// </summary>
internal static class SnapshotFormat
{
    /// <summary>Writes the current sessions and state.</summary>
    public static ReadOnlyMemory<byte> Write(SessionsState sessions, IStateMachine machine)
    {
        var snapshot = new ArrayBufferWriter<byte>();
        SnapshotRecords.Write(snapshot, ToProto(sessions));
        machine.TakeSnapshot(snapshot);
        return snapshot.WrittenMemory;
    }

    /// <summary>Reads the sessions; the state machine's bytes remain.</summary>
    /// <exception cref="FormatException">The bytes are not a snapshot.</exception>
    public static SessionsState ReadSessions(ref ReadOnlySequence<byte> snapshot)
    {
        var proto = SnapshotRecords.Read(Proto.Sessions.Parser, ref snapshot);
        var limits = SessionLimits.Decode(proto.Limits.Memory)
            ?? throw new FormatException($"A snapshot has session limits of {proto.Limits.Length} bytes that are invalid.");
        return new SessionsState(
            ToTime(proto.Now), limits, [.. proto.Sessions_.Select(FromProto)], [.. proto.Keys.Select(FromProto)]);
    }

    private static Proto.Sessions ToProto(SessionsState state)
    {
        var proto = new Proto.Sessions
        {
            Now = ToMilliseconds(state.Now),
            Limits = UnsafeByteOperations.UnsafeWrap(state.Limits.Encode()),
        };
        proto.Sessions_.Add(state.Sessions.Select(ToProto));
        proto.Keys.Add(state.Keys.Select(ToProto));
        return proto;
    }

    private static Proto.OpenSession ToProto(SessionState session)
    {
        var proto = new Proto.OpenSession
        {
            Id = session.Id.Value,
            UsedAt = ToMilliseconds(session.UsedAt),
            Acknowledged = session.Acknowledged,
        };
        proto.Replies.Add(session.Replies.Select(reply => new KeptReply { Sequence = reply.Key, Reply = ToProto(reply.Value) }));
        return proto;
    }

    private static SessionState FromProto(Proto.OpenSession p) => new(
        new SessionId(p.Id),
        ToTime(p.UsedAt),
        p.Acknowledged,
        [.. p.Replies.Select(reply => KeyValuePair.Create(reply.Sequence, FromProto(reply.Reply)))]);

    private static UsedKey ToProto(KeyState key) => new()
    {
        Key = key.Key.Value,
        UsedAt = ToMilliseconds(key.UsedAt),
        Command = UnsafeByteOperations.UnsafeWrap(key.Command.ToBytes()),
        Reply = ToProto(key.Reply),
    };

    private static KeyState FromProto(UsedKey p) => new(
        new IdempotencyKey(p.Key), ToTime(p.UsedAt), CommandHash.FromBytes(p.Command.Span), FromProto(p.Reply));

    private static FirstReply ToProto(CommandApplied reply) => new()
    {
        Index = reply.Index.Value,
        Term = reply.Term.Value,
        Result = UnsafeByteOperations.UnsafeWrap(reply.Result),
    };

    private static CommandApplied FromProto(FirstReply p) =>
        new(RequestId: 0, new LogIndex(p.Index), new Term(p.Term), p.Result.Memory);

    private static long ToMilliseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    private static TimeSpan ToTime(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
