using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft snapshot</c>.</summary>
internal static class SnapshotText
{
    /// <summary>Writes the index and size of the snapshot.</summary>
    public static void Write(TextWriter output, SnapshotAnswer snapshot) => Terminal.WriteLine(
        output,
        $"{snapshot.NodeId} has a snapshot up to index {Readable.Number(snapshot.Index)}, {Readable.Number(snapshot.Bytes)} "
        + "bytes",
        Tone.Good);
}
