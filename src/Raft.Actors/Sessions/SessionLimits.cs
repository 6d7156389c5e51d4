using System.Buffers.Binary;

namespace Raft.Actors.Sessions;

/// <summary>
/// What bounds the sessions and idempotency keys of a group. The leader writes its own limits into each entry that opens a session, since all
/// nodes must forget the same sessions at the same entry, whatever their settings.
/// </summary>
/// <param name="Timeout">A session that is not used for this long, in log time, expires. Whole milliseconds.</param>
/// <param name="MaxSessions">
/// Sessions, and as many idempotency keys; over it the one that was used least recently goes, a key not before <see cref="Retention"/>.
/// </param>
/// <param name="MaxReplies">Replies that a session keeps, at the most.</param>
internal sealed record SessionLimits(TimeSpan Timeout, int MaxSessions, int MaxReplies)
{
    /// <summary>Those of <c>reference.conf</c>: what holds before the first session is opened. They never change.</summary>
    public static readonly SessionLimits Default = new(TimeSpan.FromHours(1), 16384, 16384);

    private const int Size = sizeof(long) + (2 * sizeof(int));
    private const int SizeWithRetention = Size + sizeof(long);

    /// <summary>
    /// How long an idempotency key is kept at the least, in log time: whole milliseconds. 0 in entries of versions that did not have it,
    /// whose keys went however young they were.
    /// </summary>
    public TimeSpan Retention { get; init; }

    /// <summary>How long an idempotency key is kept at the most.</summary>
    public TimeSpan KeyTimeout => Timeout > Retention ? Timeout : Retention;

    /// <summary>
    /// The bytes of an entry that opens a session. They stand in the journal: timeout in milliseconds as 8 bytes, then the two
    /// numbers as 4 each, then the retention in milliseconds as 8, which is left out where it is 0; little-endian. A later version
    /// may write more behind them.
    /// </summary>
    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[Retention > TimeSpan.Zero ? SizeWithRetention : Size];
        if (Retention > TimeSpan.Zero) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Size), (long)Retention.TotalMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)Timeout.TotalMilliseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long)), MaxSessions);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long) + sizeof(int)), MaxReplies);
        return bytes;
    }

    /// <returns>Null where the bytes are no limits that a leader writes.</returns>
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
