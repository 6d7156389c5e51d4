using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization;
using Raft.Actors.Serialization.Proto;
using Raft.Actors.Tests.Architecture;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// The bytes of an earlier version stay readable, and an earlier version can read ours. <c>golden.txt</c> has one line per
/// sample, in order. Lines are added; a released one never changes.
/// </summary>
public sealed class CompatibilityTests
{
    /// <summary>Field 1000, an integer, and field 1001, three bytes: what a newer version may add.</summary>
    private static readonly byte[] UnknownFields = [0xC0, 0x3E, 0x2A, 0xCA, 0x3E, 0x03, 0x01, 0x02, 0x03];

    private static string GoldenFile => Repository.PathOf("tests/Raft.Actors.Tests/Serialization/golden.txt");

    [Fact]
    public void Every_sample_is_encoded_to_its_golden_bytes()
    {
        var golden = Golden();
        for (var i = 0; i < Samples.All.Count; i++)
        {
            var expected = i < golden.Count ? Line(golden[i].Manifest, golden[i].Bytes) : "no line";
            var actual = Line(Bytes.Serializer.Manifest(Samples.All[i]), Bytes.Of(Samples.All[i]));
            Assert.True(
                expected == actual,
                $"{Describe.Fully(Samples.All[i])}\nis encoded to\n{actual}\nand golden.txt has\n{expected}");
        }

        Assert.Equal(Samples.All.Count, golden.Count);
    }

    [Fact]
    public void Golden_bytes_are_decoded_to_their_sample() =>
        Assert.Equal(
            Samples.All.Select(Describe.Fully),
            Golden().Select(line => Describe.Fully(Bytes.Read(line.Bytes, line.Manifest))));

    [Fact]
    public void Every_type_has_golden_bytes() =>
        Assert.Equal(
            RaftCodec.Types.Select(t => t.Name).Order(StringComparer.Ordinal),
            Golden().Select(line => Bytes.Read(line.Bytes, line.Manifest).GetType().Name)
                .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_newer_versions_extra_fields_are_tolerated() =>
        Assert.All(Golden(), line =>
        {
            var extended = line.Manifest.StartsWith('E')
                ? Bytes.WithChecksum([.. line.Bytes[sizeof(uint)..], .. UnknownFields], line.Manifest)
                : [.. line.Bytes, .. UnknownFields];
            Assert.Equal(
                Describe.Fully(Bytes.Read(line.Bytes, line.Manifest)), Describe.Fully(Bytes.Read(extended, line.Manifest)));
        });

    [Fact]
    public void Extra_fields_of_a_run_of_entries_are_tolerated_too()
    {
        var message = new EntriesAppended([new LogEntry(new LogIndex(1), new Term(1), EntryKind.Command, new byte[] { 9 })]);
        var entry = Bytes.Of(message)[(sizeof(uint) + 2)..];
        byte[] extended = [0x0A, (byte)(entry.Length + UnknownFields.Length), .. entry, .. UnknownFields];

        var read = Assert.IsType<EntriesAppended>(Bytes.Read(Bytes.WithChecksum(extended, "E3"), "E3"));

        Assert.Equal(message.Entries, read.Entries);
    }

    /// <summary>Every envelope of Akka.Remote and every row of the journal contains both.</summary>
    [Fact]
    public void The_serializers_number_never_changes() => Assert.Equal(1_414_550, Bytes.Serializer.Identifier);

    [Fact]
    public void Numbers_of_enumerations_never_change()
    {
        Assert.Equal("NoOp=0 Command=1 OpenSession=2 Readmission=3", Numbers<EntryKind>());
        Assert.Equal("StaleTerm=0 AlreadyVoted=1 LogNotUpToDate=2 LeaderIsKnown=3 AwaitsReadmission=4", Numbers<VoteDenial>());
        Assert.Equal("Linearizable=0 Stale=1 Lease=2 Follower=3", Numbers<ReadConsistency>());
        Assert.Equal("Follower=0 Candidate=1 Leader=2", Numbers<RaftRole>());
        Assert.Equal("NoMember=0 Conflict=1 NoLeader=2 TimedOut=3", Numbers<TransferRefusal>());
        Assert.Equal("Neutral=0 Prefer=1 Avoid=2", Numbers<LeadershipPreference>());
    }

    /// <summary>
    /// No field number was reused with another meaning: the golden bytes show the fields that samples set, this the whole
    /// descriptor.
    /// </summary>
    [Theory]
    [InlineData(
        "Entries",
        "first_index=1 terms=2 kinds=3 command_lengths=4 commands=5 "
        + "times=6 sessions=7 sequences=8 unacknowledged=9 key_lengths=10 keys=11")]
    [InlineData("Rpc", "cluster=1 from=2 term=3 journal=4 position=5 awaits_readmission=6")]
    [InlineData("ClusterFormedEvent", "cluster=1 group=2 node=3 voters=4 participants=5")]
    [InlineData("TermStartedEvent", "term=1 voted_for=2")]
    [InlineData("EntriesAppendedEvent", "entries=1 committed=2")]
    [InlineData("LogTruncatedEvent", "from=1")]
    public void Field_numbers_of_the_journal_never_change(string message, string fields)
    {
        var descriptor = RaftReflection.Descriptor.MessageTypes.Single(t => t.Name == message);

        Assert.StartsWith(
            fields,
            string.Join(' ', descriptor.Fields.InFieldNumberOrder().Select(f => $"{f.Name}={f.FieldNumber}")),
            StringComparison.Ordinal);
    }

    private static List<(string Manifest, byte[] Bytes)> Golden() =>
    [
        .. File.ReadLines(GoldenFile)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .Select(parts => (parts[0], Convert.FromHexString(parts.ElementAtOrDefault(1) ?? ""))),
    ];

    private static string Line(string manifest, byte[] bytes) =>
        $"{manifest} {Convert.ToHexStringLower(bytes)}".TrimEnd();

    private static string Numbers<T>()
        where T : struct, Enum => string.Join(' ', Enum.GetValues<T>().Select(v => $"{v}={Convert.ToInt32(v)}"));
}
