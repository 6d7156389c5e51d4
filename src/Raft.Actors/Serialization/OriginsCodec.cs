using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>The columns of a run of entries that contain the commands' origins.</summary>
internal static class OriginsCodec
{
    /// <summary>Adds the columns that at least one entry uses.</summary>
    public static void Add(Entries proto, IReadOnlyList<LogEntry> entries)
    {
        var (hasSessions, keyBytes) = (false, 0);
        foreach (var entry in entries)
        {
            hasSessions |= entry.Origin is SessionCommand;
            if (entry.Origin is KeyedCommand keyed) keyBytes += keyed.Key.Value.Length;
        }

        if (hasSessions) AddSessions(proto, entries);
        if (keyBytes > 0) AddKeys(proto, entries, keyBytes);
    }

    private static void AddSessions(Entries proto, IReadOnlyList<LogEntry> entries)
    {
        proto.Sessions.Capacity = proto.Sequences.Capacity = proto.Unacknowledged.Capacity = entries.Count;
        foreach (var entry in entries)
        {
            var origin = entry.Origin as SessionCommand;
            proto.Sessions.Add(origin?.Session.Value ?? 0);
            proto.Sequences.Add(origin?.Sequence ?? 0);
            proto.Unacknowledged.Add(origin is null ? 0 : origin.Sequence - origin.Acknowledged);
        }
    }

    private static void AddKeys(Entries proto, IReadOnlyList<LogEntry> entries, int bytes)
    {
        proto.KeyLengths.Capacity = entries.Count;
        var keys = new byte[bytes];
        var offset = 0;
        foreach (var entry in entries)
        {
            var key = (entry.Origin as KeyedCommand)?.Key.Value ?? "";
            proto.KeyLengths.Add(key.Length);
            offset += Encoding.Latin1.GetBytes(key, keys.AsSpan(offset));
        }

        proto.Keys = UnsafeByteOperations.UnsafeWrap(keys);
    }

    /// <summary>Reads the columns from the first entry to the last.</summary>
    /// <param name="proto">The run of entries.</param>
    public ref struct Reader(Entries proto)
    {
        private ReadOnlySpan<byte> _keys = proto.Keys.Span;

        /// <exception cref="FormatException">The columns do not match.</exception>
        public CommandOrigin? Next(int entry)
        {
            var session = Value(proto.Sessions, entry);
            var sequence = Value(proto.Sequences, entry);
            var unacknowledged = Value(proto.Unacknowledged, entry);
            var length = Value(proto.KeyLengths, entry);
            if (length < 0 || length > _keys.Length || (length > 0 && session != 0))
                throw new FormatException($"Entry {entry} has a key of {length} bytes and session {session}.");
            if (session != 0) return new SessionCommand(new SessionId(session), sequence, sequence - unacknowledged);
            if (length == 0) return null;

            var key = Encoding.Latin1.GetString(_keys[..length]);
            _keys = _keys[length..];
            return new KeyedCommand(new IdempotencyKey(key));
        }

        /// <exception cref="FormatException">Bytes remain.</exception>
        public readonly void End()
        {
            if (!_keys.IsEmpty) throw new FormatException($"{_keys.Length} bytes of keys belong to no entry.");
        }

        private readonly T Value<T>(RepeatedField<T> column, int entry)
            where T : struct =>
            column.Count == 0 ? default
            : column.Count == proto.Terms.Count ? column[entry]
            : throw new FormatException($"Entries have {proto.Terms.Count} terms, but a column has {column.Count} values.");
    }
}
