using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>
/// Encodes runs of log entries. Entries are most of the traffic and of the journal, so they are encoded column by column, and the
/// decoded commands share one array.
/// </summary>
internal static class EntriesCodec
{
    private const long MaxMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond;

    /// <summary>Returns the encoded form of entries; no bytes for no entries. Does not encode a batch twice.</summary>
    public static ByteString Encode(IReadOnlyList<LogEntry> entries) =>
        entries.Count == 0 ? ByteString.Empty
        : UnsafeByteOperations.UnsafeWrap(
            entries is EntryBatch batch ? batch.Encoded(static e => ToBytes(e)) : ToBytes(entries));

    private static ReadOnlyMemory<byte> ToBytes(IReadOnlyList<LogEntry> entries)
    {
        var proto = new Entries { FirstIndex = entries[0].Index.Value };
        proto.Terms.Capacity = proto.Kinds.Capacity = proto.CommandLengths.Capacity = entries.Count;
        var commands = new byte[entries.Sum(e => e.Command.Length)];
        var offset = 0;
        foreach (var entry in entries)
        {
            proto.Terms.Add(entry.Term.Value);
            proto.Kinds.Add((int)entry.Kind);
            proto.CommandLengths.Add(entry.Command.Length);
            entry.Command.CopyTo(commands.AsMemory(offset));
            offset += entry.Command.Length;
        }

        proto.Commands = UnsafeByteOperations.UnsafeWrap(commands);
        AddTimes(proto, entries);
        OriginsCodec.Add(proto, entries);
        return proto.ToByteArray();
    }

    /// <summary>Reads entries. They keep their encoded form.</summary>
    /// <exception cref="FormatException">The columns do not match.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not entries.</exception>
    public static IReadOnlyList<LogEntry> Decode(ByteString encoded)
    {
        if (encoded.IsEmpty) return [];
        var entries = FromProto(Entries.Parser.ParseFrom(encoded.Span));
        return entries.Length == 0 ? [] : new EntryBatch(entries, encoded.Memory);
    }

    private static LogEntry[] FromProto(Entries proto)
    {
        var count = proto.Terms.Count;
        if (proto.Kinds.Count != count || proto.CommandLengths.Count != count)
            throw new FormatException(
                $"Entries have {count} terms, {proto.Kinds.Count} kinds and {proto.CommandLengths.Count} lengths.");
        if (proto.Times.Count != count && proto.Times.Count != 0)
            throw new FormatException($"Entries have {count} terms and {proto.Times.Count} times.");

        var entries = new LogEntry[count];
        var commands = proto.Commands.Memory;
        var origins = new OriginsCodec.Reader(proto);
        var time = 0L;
        for (var i = 0; i < count; i++)
        {
            var length = proto.CommandLengths[i];
            if (length < 0 || length > commands.Length)
                throw new FormatException($"Entry {i} has {length} bytes, and {commands.Length} are left.");
            if (proto.Times.Count > 0) time += proto.Times[i];
            entries[i] = new LogEntry(
                new LogIndex(proto.FirstIndex + i),
                new Term(proto.Terms[i]),
                (EntryKind)proto.Kinds[i],
                commands[..length])
            {
                Time = ToTime(time),
                Origin = origins.Next(i),
            };
            commands = commands[length..];
        }

        origins.End();
        return commands.IsEmpty
            ? entries
            : throw new FormatException($"{commands.Length} bytes belong to no entry.");
    }

    private static void AddTimes(Entries proto, IReadOnlyList<LogEntry> entries)
    {
        if (entries.All(e => e.Time == TimeSpan.Zero)) return;
        proto.Times.Capacity = entries.Count;
        var last = 0L;
        foreach (var entry in entries)
        {
            var time = entry.Time.Ticks / TimeSpan.TicksPerMillisecond;
            proto.Times.Add(time - last);
            last = time;
        }
    }

    public static TimeSpan ToTime(long milliseconds) =>
        milliseconds is >= -MaxMilliseconds and <= MaxMilliseconds
            ? new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond)
            : throw new FormatException($"An entry has the invalid time of {milliseconds} ms.");
}
