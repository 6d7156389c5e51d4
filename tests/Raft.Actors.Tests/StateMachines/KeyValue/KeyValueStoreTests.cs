using Google.Protobuf;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;
using Xunit;

namespace Raft.Actors.Tests.StateMachines.KeyValue;

public sealed class KeyValueStoreTests
{
    private readonly Store _store = new();

    [Fact]
    public void A_key_that_was_never_set_has_no_value_and_revision_0() => Assert.Equal((null, 0), _store.Get("colour"));

    [Fact]
    public void A_put_sets_the_value_and_its_log_index_is_the_revision()
    {
        Assert.Equal((WriteOutcome.Done, 7), _store.Put(7, "colour", "red"));
        Assert.Equal(("red", 7), _store.Get("colour"));

        Assert.Equal((WriteOutcome.Done, 9), _store.Put(9, "colour", "blue"));
        Assert.Equal(("blue", 9), _store.Get("colour"));
    }

    [Fact]
    public void An_empty_value_is_a_value()
    {
        _store.Put(1, "colour", "");

        Assert.Equal(("", 1), _store.Get("colour"));
    }

    [Fact]
    public void A_delete_removes_the_key_and_tells_the_revision_that_it_removed()
    {
        _store.Put(3, "colour", "red");

        Assert.Equal((WriteOutcome.Done, 3), _store.Delete(5, "colour"));
        Assert.Equal((null, 0), _store.Get("colour"));
        Assert.Equal((WriteOutcome.NotFound, 0), _store.Delete(6, "colour"));
    }

    [Fact]
    public void Compare_and_set_writes_only_over_the_revision_that_it_expects()
    {
        _store.Put(3, "colour", "red");

        Assert.Equal((WriteOutcome.ConditionFailed, 3), _store.Put(4, "colour", "blue", expected: 2));
        Assert.Equal(("red", 3), _store.Get("colour"));
        Assert.Equal((WriteOutcome.Done, 5), _store.Put(5, "colour", "blue", expected: 3));
        Assert.Equal((WriteOutcome.ConditionFailed, 5), _store.Put(6, "colour", "green", expected: 3));
    }

    [Fact]
    public void A_put_on_condition_that_the_key_is_absent_creates_it_once()
    {
        Assert.Equal((WriteOutcome.Done, 1), _store.Put(1, "lock", "n1", expected: 0));
        Assert.Equal((WriteOutcome.ConditionFailed, 1), _store.Put(2, "lock", "n2", expected: 0));
        Assert.Equal(("n1", 1), _store.Get("lock"));
    }

    [Fact]
    public void A_conditional_delete_removes_only_the_revision_that_it_expects()
    {
        _store.Put(3, "colour", "red");

        Assert.Equal((WriteOutcome.ConditionFailed, 3), _store.Delete(4, "colour", expected: 2));
        Assert.Equal((WriteOutcome.Done, 3), _store.Delete(5, "colour", expected: 3));
        Assert.Equal((WriteOutcome.ConditionFailed, 0), _store.Delete(6, "colour", expected: 3));
        Assert.Equal((WriteOutcome.NotFound, 0), _store.Delete(7, "colour", expected: 0));
    }

    /// <summary>A counter per key would start again at 1, and the first writer's old revision would match again.</summary>
    [Fact]
    public void A_revision_never_comes_back_when_a_key_is_deleted_and_made_again()
    {
        _store.Put(3, "lock", "n1");
        _store.Delete(4, "lock");
        _store.Put(5, "lock", "n2");

        Assert.Equal((WriteOutcome.ConditionFailed, 5), _store.Put(6, "lock", "n1 again", expected: 3));
    }

    [Theory]
    [InlineData(1024, WriteOutcome.Done)]
    [InlineData(1025, WriteOutcome.Invalid)]
    [InlineData(0, WriteOutcome.Invalid)]
    public void A_key_has_1_to_1024_bytes(int length, WriteOutcome outcome) =>
        Assert.Equal(outcome, _store.Put(1, new string('k', length), "v").Outcome);

    [Fact]
    public void A_keys_length_is_counted_in_bytes_of_UTF_8()
    {
        Assert.Equal(WriteOutcome.Done, _store.Put(1, new string('é', 512), "v").Outcome);
        Assert.Equal(WriteOutcome.Invalid, _store.Put(2, new string('é', 513), "v").Outcome);
    }

    [Fact]
    public void An_empty_key_is_refused()
    {
        Assert.False(KeyValueStore.IsValidKey("", out var problem));
        Assert.Contains("empty", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_key() =>
        Assert.All(["a\uD83D", "\uDE00a", "\uD83D\uD83D", "\uDE00\uD83D"], key =>
        {
            Assert.False(KeyValueStore.IsValidKey(key, out var problem));
            Assert.Contains("Unicode", problem, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("a")]
    [InlineData("/users/1?x=y")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("a b\n\0")]
    public void Any_other_text_is_a_key(string key)
    {
        Assert.True(KeyValueStore.IsValidKey(key, out var problem));
        Assert.Null(problem);
    }

    /// <summary>A command is in every node's log: if it threw, every node would stop at the same entry.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("0A05")]
    [InlineData("0A00")]
    [InlineData("1A00")]
    public void Bytes_that_are_no_command_change_nothing_and_are_answered_as_invalid(string hex)
    {
        _store.Put(1, "colour", "red");

        Assert.Equal((WriteOutcome.Invalid, 0), _store.Write(2, Convert.FromHexString(hex)));
        Assert.Equal("colour", Assert.Single(_store.All("", 10)).Key);
    }

    /// <summary>Put { key = FF, value = 76 }: two nodes must not read different keys from it.</summary>
    [Fact]
    public void A_key_of_invalid_UTF_8_is_answered_as_invalid()
    {
        Assert.Equal((WriteOutcome.Invalid, 0), _store.Write(1, Convert.FromHexString("0A060A01FF120176")));
        Assert.Empty(_store.All("", 10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("0A05")]
    public void Bytes_that_are_not_a_query_are_refused(string hex) =>
        Assert.Throws<FormatException>(() => _store.Query(Convert.FromHexString(hex)));

    [Fact]
    public void The_value_stays_when_the_commands_bytes_are_used_again()
    {
        var command = Store.PutCommand("colour", "red"u8.ToArray());
        _store.Apply(1, command);

        Array.Clear(command);

        Assert.Equal(("red", 1), _store.Get("colour"));
    }

    [Fact]
    public void A_command_of_a_newer_version_with_more_fields_is_done()
    {
        byte[] put = [.. new Put { Key = "colour", Value = ByteString.CopyFromUtf8("red") }.ToByteArray(), 0xC0, 0x3E, 0x2A];
        byte[] command = [0x0A, (byte)put.Length, .. put];

        Assert.Equal((WriteOutcome.Done, 1), _store.Write(1, command));
    }

    /// <summary>Journals contain commands: every version must be able to apply these bytes.</summary>
    [Fact]
    public void Commands_and_results_are_encoded_as_they_always_were()
    {
        Assert.Equal("0a0d0a0661c3a92fceb1120101" + "1805", Hex(Store.PutCommand("aé/α", [1], expected: 5)));
        Assert.Equal("12050a016b1000", Hex(Store.DeleteCommand("k", expected: 0)));
        Assert.Equal("1009", Hex(_store.Apply(9, Store.PutCommand("k", [1]))));
        Assert.Equal("08011009", Hex(_store.Apply(10, Store.PutCommand("k", [1], expected: 5))));
        Assert.Equal("0802", Hex(_store.Apply(11, Store.DeleteCommand("other"))));
        Assert.Equal("0a01011009", Hex(_store.Query(new KeyQuery { Get = "k" }.ToByteArray())));
        Assert.Equal("0a070a016b10091801", Hex(_store.Query(Convert.FromHexString("1202100A"))));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
