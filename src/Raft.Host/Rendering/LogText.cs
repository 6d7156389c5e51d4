using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft log</c>.</summary>
internal static class LogText
{
    private static readonly string[] Headings = ["#INDEX", "#TERM", "KIND", "#BYTES", "STATE", "COMMAND"];

    /// <summary>Writes a page of a log.</summary>
    public static void Write(TextWriter output, LogAnswer log)
    {
        if (log.FirstIndex > 1) output.WriteLine($"a snapshot covers all entries before index {Readable.Number(log.FirstIndex)}");
        Terminal.WriteTable(output, Headings, log.Entries.Select(Row));
        output.WriteLine($"last {log.LastIndex}, committed {log.CommitIndex}, applied {log.LastApplied}");
    }

    private static TableRow Row(LogEntryAnswer entry) => new(
        entry.Applied ? Tone.Plain : entry.Committed ? Tone.Good : Tone.Warning,
        Readable.Number(entry.Index),
        Readable.Number(entry.Term),
        entry.Kind,
        Readable.Number(entry.Bytes),
        entry.Applied ? "applied" : entry.Committed ? "committed" : "appended",
        entry.Command ?? "");
}
