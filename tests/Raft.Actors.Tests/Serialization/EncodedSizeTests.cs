using CsCheck;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Configuration;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// Akka.Remote drops a message over the frame size while the connection stays up, so a batch that is too large livelocks a
/// follower.
/// </summary>
public sealed class EncodedSizeTests
{
    private const int LargestCommand = 1004 * 1024;

    /// <summary>Sizes around those at which a length needs another byte.</summary>
    private static readonly Gen<int> GenSize =
        Gen.OneOf(Gen.Int[0, 300], Gen.OneOf<int>(127, 128, 16_383, 16_384, 2_097_151, 2_097_152));

    private static readonly Gen<long> GenNumber = Gen.OneOf(Gen.Long[1, 300], Gen.Const(long.MaxValue));

    private static readonly Gen<CommandOrigin?> GenOrigin = Gen.OneOf(
        Gen.Const<CommandOrigin?>(() => null),
        Gen.Select(GenNumber, GenNumber, (session, sequence) =>
            (CommandOrigin?)new SessionCommand(new SessionId(session), sequence, Acknowledged: 0)),
        Gen.OneOf<int>(1, 127, 128, 255).Select(length =>
            (CommandOrigin?)new KeyedCommand(new IdempotencyKey(new string('k', length)))));

    private static readonly Gen<LogEntry> GenEntry = Gen.Select(
        Gen.OneOf(Gen.Long[1, 300], Gen.Long[1, LogIndex.Limit.Value], Gen.Const(LogIndex.Limit.Value)),
        Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue], Gen.Const(long.MaxValue)),
        Gen.Enum<EntryKind>(),
        GenSize,
        Gen.OneOf(Gen.Const(0L), Gen.Long[0, 300], Gen.Long[0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond]),
        GenOrigin,
        (index, term, kind, size, time, origin) => new LogEntry(new LogIndex(index), new Term(term), kind, new byte[size])
        {
            Time = new TimeSpan(time * TimeSpan.TicksPerMillisecond),
            Origin = origin,
        });

    [Fact]
    public void The_bound_of_an_entry_covers_what_it_adds_to_a_message() =>
        Gen.Select(GenEntry, GenEntry).Sample((first, second) =>
        {
            var growth = Bytes.Of(new EntriesAppended([first, second])).Length - Bytes.Of(new EntriesAppended([first])).Length;
            Assert.InRange(growth, 0, second.EncodedBytes);
        });

    [Fact]
    public void The_bound_of_a_command_covers_what_it_adds_to_a_request() =>
        Gen.Select(GenEntry, GenNumber).Sample((entry, id) =>
        {
            var proposal = new Proposal(id, entry.Command) { Origin = entry.Origin };
            Assert.InRange(
                Bytes.Of(new Propose([proposal])).Length,
                1,
                entry.Command.Length + ClientSettings.RequestOverhead + (entry.Origin?.EncodedBytes ?? 0));
        });

    [Fact]
    public void The_bound_of_a_small_entry_is_not_so_wide_that_batches_stay_empty() =>
        Assert.InRange(Logs(count: 1, size: 256)[0].EncodedBytes, 256, 300);

    /// <summary>Akka.Remote's envelope of a message – paths, serializer, manifest – is far below 8 KiB.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(100_000)]
    [InlineData(LargestCommand)]
    public void A_batch_cut_at_the_largest_allowed_limit_fits_the_frame_with_its_envelope(int size)
    {
        const int Frame = 1024 * 1024;
        const int Envelope = 8 * 1024;
        var settings = TestSettings.With($$"""
            raft { max-append-bytes = 1008KiB, max-append-entries = 1000000, client.max-batch-bytes = 1008KiB }
            raft.max-command-bytes = {{LargestCommand}}
            """);
        var log = new RaftLog();
        log.Append(Logs(count: 1 + (2 * Frame / (size + LogEntry.EncodedOverhead)), size));

        var entries = log.Slice(new LogIndex(1), settings.MaxAppendEntries, settings.MaxAppendBytes);
        var message = new AppendEntries(
            new ClusterId(new string('c', 64)),
            new NodeId(new string('n', 64)),
            new Term(long.MaxValue),
            LogIndex.Limit,
            new Term(long.MaxValue),
            entries,
            LogIndex.Limit,
            Round: long.MaxValue);

        Assert.NotEmpty(entries);
        Assert.InRange(Bytes.Of(message).Length, 1, Frame - Envelope);
    }

    private static LogEntry[] Logs(int count, int size) =>
    [
        .. Enumerable.Range(1, count).Select(i =>
            new LogEntry(new LogIndex(i), new Term(long.MaxValue), EntryKind.Command, new byte[size])),
    ];
}
