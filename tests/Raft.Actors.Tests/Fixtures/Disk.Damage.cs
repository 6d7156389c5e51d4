using Raft.Actors.Events;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>What can happen to bytes on a disk.</summary>
internal sealed partial class Disk
{
    /// <summary>One bit of the event's last byte is flipped.</summary>
    public void FlipBit(long sequenceNr) => _rows[sequenceNr].Bytes[^1] ^= 1;

    /// <summary>The event is cut to its first bytes.</summary>
    public void Cut(long sequenceNr, int length) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Bytes = _rows[sequenceNr].Bytes[..length] };

    /// <summary>The event is gone; the highest sequence number stays known.</summary>
    public void Lose(long sequenceNr) => _rows.Remove(sequenceNr);

    /// <summary>Another program wrote its own event there.</summary>
    public void Overwrite(long sequenceNr, object foreign) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Foreign = foreign };

    /// <summary>Another event of Raft.Akka is there.</summary>
    public void Overwrite(long sequenceNr, RaftEvent e) =>
        _rows[sequenceNr] = new Row(_serializer.Manifest(e), _serializer.ToBinary(e));

    /// <summary>The event claims to be of another type.</summary>
    public void Relabel(long sequenceNr, string manifest) =>
        _rows[sequenceNr] = _rows[sequenceNr] with { Manifest = manifest };
}
