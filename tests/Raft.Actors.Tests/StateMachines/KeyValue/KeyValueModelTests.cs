using System.Text;
using CsCheck;
using Google.Protobuf;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;
using Xunit;

namespace Raft.Actors.Tests.StateMachines.KeyValue;

/// <summary>The store against a dictionary, and against itself, over random commands.</summary>
public sealed class KeyValueModelTests
{
    private static readonly Gen<string> GenKey =
        Gen.OneOf<string>("a", "a/1", "a/2", "b", "é", "\uD83D\uDE00", "\uE000", "");

    /// <summary>An expected revision counts back from the current one: 0 matches, others don't.</summary>
    private static readonly Gen<Write> GenWrite = Gen.Select(
        Gen.Bool,
        GenKey,
        Gen.String[Gen.Char["xyzé"], 0, 3],
        Gen.OneOf<string>("none", "absent", "current", "wrong"),
        Gen.Int[1, 3],
        (isPut, key, value, condition, gap) => new Write(isPut, key, value, condition, gap));

    [Fact]
    public void The_store_equals_a_dictionary_over_any_commands() =>
        GenWrite.Array[0, 40].Sample(writes =>
        {
            var store = new Store();
            var model = new SortedDictionary<string, (string Value, long Revision)>(StringComparer.Ordinal);
            var index = 0L;
            foreach (var write in writes)
            {
                index += write.Gap;
                var expected = Expected(model, write);
                Assert.Equal(ApplyTo(model, index, write, expected), store.Write(index, Bytes(write, expected)));
                Assert.Equal(
                    model.TryGetValue(write.Key, out var entry) ? (entry.Value, entry.Revision) : (null, 0),
                    store.Get(write.Key));
            }

            AssertSameRanges(model, store);
        }, iter: 300);

    /// <summary>Two nodes that apply the same log must answer the same, byte for byte (Raft §2).</summary>
    [Fact]
    public void Two_stores_given_the_same_commands_give_the_same_bytes() =>
        Gen.Select(GenWrite, Gen.Int[0, 60], Gen.Byte.Array[0, 20]).Array[0, 30].Sample(inputs =>
        {
            var (left, right) = (new Store(), new Store());
            var index = 0L;
            foreach (var (write, revision, noise) in inputs)
            {
                index += write.Gap;
                byte[] command = noise.Length < 15 ? Bytes(write, write.Condition == "none" ? null : revision) : noise;
                Assert.Equal(left.Apply(index, command), right.Apply(index, command.ToArray()));
            }

            foreach (var query in Queries()) Assert.Equal(left.Query(query), right.Query(query));
        });

    [Fact]
    public void Random_bytes_are_a_command_or_answered_as_invalid_and_never_throw() =>
        Gen.Byte.Array[0, 30].Sample(
            bytes => Assert.InRange(new Store().Write(1, bytes).Outcome, WriteOutcome.Done, WriteOutcome.Invalid),
            iter: 5000);

    [Fact]
    public void Queries_change_nothing() =>
        GenWrite.Array[0, 20].Sample(writes =>
        {
            var (asked, other) = (new Store(), new Store());
            var index = 0L;
            foreach (var write in writes)
            {
                index += write.Gap;
                foreach (var query in Queries()) asked.Query(query);
                Assert.Equal(other.Apply(index, Bytes(write, null)), asked.Apply(index, Bytes(write, null)));
            }
        });

    private static void AssertSameRanges(SortedDictionary<string, (string Value, long Revision)> model, Store store)
    {
        foreach (var prefix in new[] { "", "a", "a/", "b", "z", "\uD83D\uDE00" })
        {
            foreach (var limit in new[] { 1, 2, 100 })
            {
                Assert.Equal(
                    model.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal))
                        .Select(e => (e.Key, e.Value.Revision, Encoding.UTF8.GetByteCount(e.Value.Value))),
                    store.All(prefix, limit).Select(k => (k.Key, k.Revision, k.Bytes)));
            }
        }
    }

    private static long? Expected(SortedDictionary<string, (string Value, long Revision)> model, Write write)
    {
        var current = model.TryGetValue(write.Key, out var entry) ? entry.Revision : 0;
        return write.Condition switch
        {
            "none" => null,
            "absent" => 0,
            "current" => current,
            _ => current + 1,
        };
    }

    private static (WriteOutcome Outcome, long Revision) ApplyTo(
        SortedDictionary<string, (string Value, long Revision)> model, long index, Write write, long? expected)
    {
        var current = model.TryGetValue(write.Key, out var entry) ? entry.Revision : 0;
        if (write.IsPut && write.Key.Length == 0) return (WriteOutcome.Invalid, 0);
        if (expected is { } revision && revision != current) return (WriteOutcome.ConditionFailed, current);
        if (write.IsPut)
        {
            model[write.Key] = (write.Value, index);
            return (WriteOutcome.Done, index);
        }

        return model.Remove(write.Key) ? (WriteOutcome.Done, current) : (WriteOutcome.NotFound, 0);
    }

    private static byte[] Bytes(Write write, long? expected) => write.IsPut
        ? Store.PutCommand(write.Key, Encoding.UTF8.GetBytes(write.Value), expected)
        : Store.DeleteCommand(write.Key, expected);

    private static IEnumerable<byte[]> Queries() =>
    [
        new KeyQuery { Get = "a" }.ToByteArray(),
        new KeyQuery { Get = "é" }.ToByteArray(),
        new KeyQuery { Range = new Raft.Actors.StateMachines.KeyValue.Proto.Range { Limit = 3 } }.ToByteArray(),
        new KeyQuery { Range = new Raft.Actors.StateMachines.KeyValue.Proto.Range { Prefix = "a", Limit = 100 } }.ToByteArray(),
    ];

    private sealed record Write(bool IsPut, string Key, string Value, string Condition, int Gap);
}
