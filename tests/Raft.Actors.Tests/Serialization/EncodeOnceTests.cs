using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// The leader encodes a batch, and nobody does so again. Whose bytes they are shows in a field that this version does not know:
/// whoever encoded the entries anew would lose it.
/// </summary>
public sealed class EncodeOnceTests
{
    private const int UnknownField = 15 << 3;

    private readonly EntryBatch _batch = new(Logs.Entries(after: 7, 1, 2, 2), Encoded(Logs.Entries(after: 7, 1, 2, 2)));

    [Fact]
    public void The_leader_sends_and_writes_the_bytes_of_its_batch()
    {
        Assert.Equal(_batch, Follower().Entries);
        Assert.True(HasUnknownField(Bytes.Of(Append())));
        Assert.True(HasUnknownField(Bytes.Of(new EntriesAppended(_batch))));
    }

    [Fact]
    public void A_follower_writes_the_bytes_that_its_leader_sent() =>
        Assert.True(HasUnknownField(Bytes.Of(new EntriesAppended(Follower().Entries))));

    [Fact]
    public void Entries_without_a_batch_are_encoded_when_they_leave() =>
        Assert.False(HasUnknownField(Bytes.Of(new EntriesAppended([.. _batch]))));

    [Fact]
    public void A_batch_is_encoded_once_however_many_ask()
    {
        var batch = new EntryBatch(Logs.Entries(after: 0, 1));
        var times = 0;

        for (var i = 0; i < 3; i++) batch.Encoded(_ => new byte[++times]);

        Assert.Equal(1, times);
    }

    private AppendEntries Append() => new(
        new ClusterId("c"), new NodeId("n1"), new Term(2), new LogIndex(7), new Term(1), _batch, LogIndex.Zero, Round: 1);

    private AppendEntries Follower() => (AppendEntries)Bytes.RoundTrip(Append());

    private static byte[] Encoded(LogEntry[] entries)
    {
        var append = AppendEntriesRpc.Parser.ParseFrom(Bytes.Of(new AppendEntries(
            new ClusterId("c"), new NodeId("n1"), new Term(2), new LogIndex(7), new Term(1), entries, LogIndex.Zero, Round: 1)));
        return [.. append.Entries.Span, UnknownField, 77];
    }

    private static bool HasUnknownField(byte[] bytes) => bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[UnknownField, 77]) >= 0;
}
