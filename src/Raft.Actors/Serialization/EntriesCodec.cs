using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>
/// Runs of log entries. They are most of what goes over the wire and into the journal, so they are written column by
/// column; the commands that are read share one array.
/// </summary>
internal static class EntriesCodec
{
    /// <returns>Null for no entries, which the message then leaves out.</returns>
    public static Entries? ToProto(IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count == 0) return null;

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
        return proto;
    }

    /// <exception cref="FormatException">The columns do not fit each other.</exception>
    public static IReadOnlyList<LogEntry> FromProto(Entries? proto)
    {
        if (proto is null) return [];
        var count = proto.Terms.Count;
        if (proto.Kinds.Count != count || proto.CommandLengths.Count != count)
            throw new FormatException(
                $"Entries have {count} terms, {proto.Kinds.Count} kinds and {proto.CommandLengths.Count} lengths.");

        var entries = new LogEntry[count];
        var commands = proto.Commands.Memory;
        for (var i = 0; i < count; i++)
        {
            var length = proto.CommandLengths[i];
            if (length < 0 || length > commands.Length)
                throw new FormatException($"Entry {i} has {length} bytes, and {commands.Length} are left.");
            entries[i] = new LogEntry(
                new LogIndex(proto.FirstIndex + i),
                new Term(proto.Terms[i]),
                (EntryKind)proto.Kinds[i],
                commands[..length]);
            commands = commands[length..];
        }

        return commands.IsEmpty
            ? entries
            : throw new FormatException($"{commands.Length} bytes belong to no entry.");
    }
}
