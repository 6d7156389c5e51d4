using System.Buffers;

namespace Raft.Actors.Storage;

/// <summary>The consecutive parts of a snapshot, as read from the journal or received from the leader. Pure.</summary>
internal sealed class SnapshotParts
{
    private Part? _first;
    private Part? _last;

    /// <summary>Total number of bytes.</summary>
    public long Length { get; private set; }

    public void Add(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _last = new Part(bytes, _last);
        _first ??= _last;
        Length += bytes.Length;
    }

    /// <summary>All bytes, without copying.</summary>
    public ReadOnlySequence<byte> ToSequence() =>
        _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> bytes, Part? previous)
        {
            Memory = bytes;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
