using Raft.Host.Http;

namespace Raft.Host.Rendering;

/// <summary>What <c>raft kv list</c> prints for people.</summary>
internal static class KeyValueText
{
    private static readonly string[] Headings = ["KEY", "#REVISION", "#BYTES"];

    /// <summary>Writes a page of keys.</summary>
    public static void Write(TextWriter output, KeyPageAnswer page) => Terminal.WriteTable(
        output,
        Headings,
        page.Keys.Select(k => new Row(Tone.Plain, k.Key, Terminal.Number(k.Revision), Terminal.Number(k.Bytes))));
}
