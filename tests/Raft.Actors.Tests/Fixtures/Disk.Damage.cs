using Raft.Actors.Events;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>Kinds of damage to the bytes on a disk.</summary>
internal sealed partial class Disk
{
    /// <summary>One bit of the event's last byte is flipped.</summary>
    public void FlipBit(long sequenceNr) => _rows[sequenceNr].Bytes[^1] ^= 1;

    /// <summary>The event is cut to its first bytes.</summary>
    public void Cut(long sequenceNr, int length) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Bytes = _rows[sequenceNr].Bytes[..length] };

    /// <summary>The event is missing; the highest sequence number stays known.</summary>
    public void Lose(long sequenceNr) => _rows.Remove(sequenceNr);

    /// <summary>Another program has written its own event.</summary>
    public void Overwrite(long sequenceNr, object foreign) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Foreign = foreign };

    /// <summary>The event is another one of Raft.Akka.</summary>
    public void Overwrite(long sequenceNr, RaftEvent e) =>
        _rows[sequenceNr] = new Row(_serializer.Manifest(e), _serializer.ToBinary(e));

    /// <summary>The event claims to have another type.</summary>
    public void Relabel(long sequenceNr, string manifest) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Manifest = manifest };
}
