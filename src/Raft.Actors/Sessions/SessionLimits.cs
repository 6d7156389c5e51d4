using System.Buffers.Binary;

namespace Raft.Actors.Sessions;

/// <summary>
/// The limits on a group's sessions and idempotency keys. The leader writes its own limits into each entry that opens a session,
/// because all nodes must drop the same sessions at the same entry, whatever their settings are.
/// </summary>
/// <param name="Timeout">A session that is unused for this long, in log time, expires. Whole milliseconds.</param>
/// <param name="MaxSessions">Maximum number of sessions, and of idempotency keys. Beyond it the least recently used one is
/// dropped, but a key not before <see cref="Retention"/>.</param>
/// <param name="MaxReplies">Maximum number of replies that a session keeps.</param>
internal sealed record SessionLimits(TimeSpan Timeout, int MaxSessions, int MaxReplies)
{
    /// <summary>The limits of <c>reference.conf</c>, which apply before the first session is opened. They never change.</summary>
    public static readonly SessionLimits Default = new(TimeSpan.FromHours(1), 16384, 16384);

    private const int Size = sizeof(long) + (2 * sizeof(int));
    private const int SizeWithRetention = Size + sizeof(long);

    /// <summary>
    /// The minimum time that an idempotency key is kept, in log time: whole milliseconds. It is 0 in entries of versions without
    /// it, which dropped keys of any age.
    /// </summary>
    public TimeSpan Retention { get; init; }

    /// <summary>How long an unused idempotency key is kept before it expires.</summary>
    public TimeSpan KeyTimeout => Timeout > Retention ? Timeout : Retention;

    /// <summary>
    /// The bytes of an entry that opens a session, as in the journal, little-endian: the timeout in milliseconds as 8 bytes, the
    /// two numbers as 4 bytes each, and the retention in milliseconds as 8 bytes, which is omitted if it is 0. Later versions may
    /// append more.
    /// </summary>
    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[Retention > TimeSpan.Zero ? SizeWithRetention : Size];
        if (Retention > TimeSpan.Zero)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Size), (long)Retention.TotalMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)Timeout.TotalMilliseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long)), MaxSessions);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long) + sizeof(int)), MaxReplies);
        return bytes;
    }

    /// <returns>Null if the bytes are not valid limits.</returns>
    public static SessionLimits? Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Size) return null;
        var timeout = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        var maxSessions = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[sizeof(long)..]);
        var maxReplies = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(sizeof(long) + sizeof(int))..]);
        var retention = bytes.Length < SizeWithRetention ? 0 : BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[Size..]);
        return timeout is > 0 and <= int.MaxValue && maxSessions > 0 && maxReplies > 0 && retention is >= 0 and <= int.MaxValue
            ? new SessionLimits(TimeSpan.FromMilliseconds(timeout), maxSessions, maxReplies)
            {
                Retention = TimeSpan.FromMilliseconds(retention),
            }
            : null;
    }
}
