using System.Buffers;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>A snapshot in memory, while it is written, sent or installed (Raft §7).</summary>
/// <param name="Last">The last entry that it replaces.</param>
/// <param name="Bytes">The bytes of the snapshot.</param>
/// <param name="Incarnations">The incarnations of the members according to the replaced log.</param>
internal sealed record Snapshot(LogPoint Last, ReadOnlySequence<byte> Bytes, IReadOnlyList<Incarnation> Incarnations)
{
    public long Length => Bytes.Length;

    /// <summary>The bytes from an offset on, up to the limit; empty at the end.</summary>
    public ReadOnlyMemory<byte> Part(long offset, int maxBytes)
    {
        var part = Bytes.Slice(offset, Math.Min(maxBytes, Length - offset));
        return part.IsSingleSegment ? part.First : part.ToArray();
    }
}
