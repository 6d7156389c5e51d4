using Google.Protobuf;
using Raft.Actors.Sessions.Proto;

namespace Raft.Actors.Sessions;

/// <summary>
/// What bounds the sessions of a group. The leader writes its own limits into each entry that opens a session, since all
/// nodes must forget the same sessions at the same entry, whatever their settings.
/// </summary>
/// <param name="Timeout">A session that is not used for this long, in log time, expires. Whole milliseconds.</param>
/// <param name="MaxSessions">Sessions, and as many idempotency keys; over it the one that was used least recently goes.</param>
/// <param name="MaxReplies">Replies that a session keeps, at the most.</param>
public sealed record SessionLimits(TimeSpan Timeout, int MaxSessions, int MaxReplies)
{
    /// <summary>Those of <c>reference.conf</c>: what holds before the first session is opened. They never change.</summary>
    public static readonly SessionLimits Default = new(TimeSpan.FromHours(1), 16384, 16384);

    /// <summary>The bytes of an entry that opens a session.</summary>
    public ReadOnlyMemory<byte> Encode() => new OpenSession
    {
        TimeoutMilliseconds = (long)Timeout.TotalMilliseconds,
        MaxSessions = MaxSessions,
        MaxReplies = MaxReplies,
    }.ToByteArray();

    /// <returns>Null where the bytes are no limits that a leader writes.</returns>
    public static SessionLimits? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var proto = OpenSession.Parser.ParseFrom(bytes.Span);
            var isValid = proto.TimeoutMilliseconds is > 0 and <= int.MaxValue && proto.MaxSessions > 0 && proto.MaxReplies > 0;
            return isValid
                ? new SessionLimits(TimeSpan.FromMilliseconds(proto.TimeoutMilliseconds), proto.MaxSessions, proto.MaxReplies)
                : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
