using System.Buffers;
using Google.Protobuf;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Actors.StateMachines.KeyValue;

/// <summary>Snapshots of the store: its keys in order, each with value and revision.</summary>
public sealed partial class KeyValueStore
{
    /// <inheritdoc/>
    public void TakeSnapshot(IBufferWriter<byte> snapshot)
    {
        foreach (var key in _keys)
        {
            var value = _values[key];
            var bytes = UnsafeByteOperations.UnsafeWrap(value.Bytes);
            SnapshotRecords.Write(snapshot, new Item { Key = key, Value = bytes, Revision = value.Revision });
        }
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">The bytes are no snapshot of the key-value store.</exception>
    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        _values.Clear();
        _keys.Clear();
        while (!snapshot.IsEmpty)
        {
            var item = SnapshotRecords.Read(Item.Parser, ref snapshot);
            _values[item.Key] = new Value(item.Value.Memory, item.Revision);
            _keys.Add(item.Key);
        }
    }
}
