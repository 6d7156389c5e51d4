using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft kv list</c>.</summary>
internal static class KeyValueText
{
    private static readonly string[] Headings = ["KEY", "#REVISION", "#BYTES"];

    /// <summary>Writes a page of keys.</summary>
    public static void Write(TextWriter output, KeyPageAnswer page) => Terminal.WriteTable(
        output,
        Headings,
        page.Keys.Select(k => new TableRow(Tone.Plain, k.Key, Readable.Number(k.Revision), Readable.Number(k.Bytes))));
}
