using System.Buffers;
using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;
using Xunit;

namespace Raft.Actors.Tests.StateMachines.KeyValue;

public sealed class KeyValueSnapshotTests
{
    private static readonly KeyQuery All = new() { Range = new() { Limit = 10 } };

    [Fact]
    public void A_restored_store_has_all_keys_with_their_values_and_revisions_and_no_others()
    {
        var store = Store(("red", "1"), ("blue", "2"), ("", "x"), ("red", "3"));
        var restored = Store(("green", "9"));

        restored.Restore(new ReadOnlySequence<byte>(Snapshot(store)));

        Assert.Equal(Ask(store, All), Ask(restored, All));
        Assert.Equal(Ask(store, new KeyQuery { Get = "red" }), Ask(restored, new KeyQuery { Get = "red" }));
        Assert.Equal(Ask(store, new KeyQuery { Get = "green" }), Ask(restored, new KeyQuery { Get = "green" }));
    }

    [Fact]
    public void Stores_with_the_same_content_write_the_same_bytes() =>
        Assert.Equal(Snapshot(Store(("a", "1"), ("b", "2"))), Snapshot(Restored(Snapshot(Store(("a", "1"), ("b", "2"))))));

    [Fact]
    public void An_empty_store_is_restored_from_nothing() => Assert.Empty(Snapshot(Restored(Snapshot(new KeyValueStore()))));

    [Fact]
    public void Half_a_snapshot_is_refused() =>
        Assert.Throws<FormatException>(() => Restored(Snapshot(Store(("a", "1")))[..^1]));

    private static KeyValueStore Restored(byte[] snapshot)
    {
        var store = new KeyValueStore();
        store.Restore(new ReadOnlySequence<byte>(snapshot));
        return store;
    }

    private static byte[] Snapshot(KeyValueStore store)
    {
        var snapshot = new ArrayBufferWriter<byte>();
        store.TakeSnapshot(snapshot);
        return snapshot.WrittenSpan.ToArray();
    }

    private static byte[] Ask(KeyValueStore store, KeyQuery query) => store.Query(query.ToByteArray()).ToArray();

    private static KeyValueStore Store(params (string Key, string Value)[] writes)
    {
        var store = new KeyValueStore();
        var index = 0;
        foreach (var (key, value) in writes)
        {
            var put = new Put { Key = key, Value = ByteString.CopyFromUtf8(value) };
            store.Apply(new LogIndex(++index), new Command { Put = put }.ToByteArray());
        }

        return store;
    }
}
