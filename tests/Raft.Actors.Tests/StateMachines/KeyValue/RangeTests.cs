using System.Text;
using Raft.Actors.StateMachines.KeyValue;
using Xunit;

namespace Raft.Actors.Tests.StateMachines.KeyValue;

public sealed class RangeTests
{
    private readonly Store _store = new();
    private long _index;

    [Fact]
    public void A_page_lists_keys_in_order_with_revision_and_size()
    {
        Put("b", "a/2", "a/1");

        var page = _store.Range("", 10);

        Assert.Equal(["a/1", "a/2", "b"], page.Keys.Select(k => k.Key));
        Assert.Equal([3L, 2, 1], page.Keys.Select(k => k.Revision));
        Assert.All(page.Keys, k => Assert.Equal(5, k.Bytes));
        Assert.False(page.More);
    }

    [Fact]
    public void A_prefix_selects_the_keys_that_begin_with_it()
    {
        Put("a", "a/1", "a/2", "a0", "b/1");

        Assert.Equal(["a/1", "a/2"], Keys("a/", 10));
        Assert.Equal(["a", "a/1", "a/2", "a0"], Keys("a", 10));
        Assert.Empty(Keys("a/3", 10));
        Assert.Empty(Keys("c", 10));
    }

    [Fact]
    public void An_empty_store_has_an_empty_page()
    {
        Assert.Empty(_store.Range("", 10).Keys);
        Assert.Empty(_store.Range("a", 10, after: "b").Keys);
    }

    [Fact]
    public void Pages_follow_each_other_without_gap_or_repetition()
    {
        Put("a", "b", "c", "d", "e");

        var first = _store.Range("", 2);
        var second = _store.Range("", 2, after: "b");
        var last = _store.Range("", 2, after: "d");

        Assert.Equal(["a", "b"], first.Keys.Select(k => k.Key));
        Assert.True(first.More);
        Assert.Equal(["c", "d"], second.Keys.Select(k => k.Key));
        Assert.True(second.More);
        Assert.Equal(["e"], last.Keys.Select(k => k.Key));
        Assert.False(last.More);
    }

    [Fact]
    public void A_page_that_ends_with_the_last_key_of_the_prefix_says_that_there_is_no_more()
    {
        Put("a/1", "a/2", "b/1");

        Assert.False(_store.Range("a/", 2).More);
    }

    [Fact]
    public void The_page_after_a_deleted_key_begins_at_the_next_one()
    {
        Put("a", "b", "c");
        _store.Delete(++_index, "b");

        Assert.Equal(["c"], _store.Range("", 10, after: "b").Keys.Select(k => k.Key));
    }

    [Theory]
    [InlineData("b", "a", "b/1 b/2")]
    [InlineData("b", "b", "b/1 b/2")]
    [InlineData("b", "b/1", "b/2")]
    [InlineData("b", "b/2", "")]
    [InlineData("b", "c", "")]
    [InlineData("b", "d", "")]
    public void The_page_begins_after_the_given_key_and_within_the_prefix(string prefix, string after, string expected)
    {
        Put("a/1", "b/1", "b/2", "c/1");

        Assert.Equal(expected, string.Join(' ', _store.Range(prefix, 10, after).Keys.Select(k => k.Key)));
    }

    /// <summary>U+E000 comes before the emoji in UTF-8, and after its surrogates in UTF-16.</summary>
    [Fact]
    public void Keys_are_ordered_by_UTF_16_code_units_and_no_culture()
    {
        Put("\uE000", "\uD83D\uDE00", "a", "B", "é", "_");

        Assert.Equal(["B", "_", "a", "é", "\uD83D\uDE00", "\uE000"], Keys("", 10));
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(999, 999)]
    [InlineData(1000, 1000)]
    [InlineData(int.MaxValue, 1000)]
    public void A_page_has_1_to_1000_keys_whatever_is_requested(int limit, int keys)
    {
        Put([.. Enumerable.Range(0, 1001).Select(i => $"k{i}")]);

        var page = _store.Range("", limit);

        Assert.Equal(keys, page.Keys.Count);
        Assert.True(page.More);
    }

    /// <summary>1,000 keys of 1,024 bytes would be a megabyte: too large for one message.</summary>
    [Fact]
    public void A_page_of_long_keys_ends_before_it_is_too_large_to_send()
    {
        var keys = Enumerable.Range(0, 600).Select(i => $"{i:D4}{new string('k', KeyValueStore.MaxKeyBytes - 4)}").ToArray();
        Put(keys);

        var page = _store.Range("", KeyValueStore.MaxRangeKeys);

        Assert.True(page.More);
        Assert.InRange(page.Keys.Count, 200, 256);
        Assert.InRange(page.CalculateSize(), 1, 256 * 1024);
        Assert.Equal(keys, _store.All("", KeyValueStore.MaxRangeKeys).Select(k => k.Key));
    }

    private void Put(params string[] keys)
    {
        foreach (var key in keys) _store.Apply(++_index, Store.PutCommand(key, Encoding.UTF8.GetBytes("value")));
    }

    private IEnumerable<string> Keys(string prefix, int limit) => _store.Range(prefix, limit).Keys.Select(k => k.Key);
}
