using Raft.Host.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>What <c>raft snapshot</c> prints for people.</summary>
internal static class SnapshotText
{
    /// <summary>Writes up to where the node's snapshot goes.</summary>
    public static void Write(TextWriter output, SnapshotAnswer snapshot) => Terminal.WriteLine(
        output,
        $"{snapshot.NodeId} has a snapshot of entry {Readable.Number(snapshot.Index)}, {Readable.Number(snapshot.Bytes)} bytes",
        Tone.Good);
}
