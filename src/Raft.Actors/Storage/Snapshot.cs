using System.Buffers;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>A snapshot in memory, while it is written, sent or installed (Raft §7).</summary>
/// <param name="Last">The last entry that it replaces.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Incarnations">The members' journals, as the log that it replaces names them.</param>
internal sealed record Snapshot(LogPoint Last, ReadOnlySequence<byte> Bytes, IReadOnlyList<Incarnation> Incarnations)
{
    public long Length => Bytes.Length;

    /// <summary>The bytes from a place on, as many as fit the limit; none at the end.</summary>
    public ReadOnlyMemory<byte> Part(long offset, int maxBytes)
    {
        var part = Bytes.Slice(offset, Math.Min(maxBytes, Length - offset));
        return part.IsSingleSegment ? part.First : part.ToArray();
    }
}
