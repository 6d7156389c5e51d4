using CsCheck;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

public sealed class RoundTripTests
{
    public static TheoryData<string> TypeNames => [.. RaftCodec.Types.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Every_type_has_a_sample(string type) => Assert.Contains(Samples.All, s => s.GetType().Name == type);

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void The_first_sample_of_a_type_leaves_no_field_at_its_default(string type)
    {
        var sample = Samples.All.First(s => s.GetType().Name == type);

        Assert.Empty(Describe.Defaults(sample, type));
    }

    [Fact]
    public void A_sample_comes_back_as_it_was() =>
        Assert.All(Samples.All, sample => Assert.Equal(Describe.Fully(sample), Describe.Fully(Bytes.RoundTrip(sample))));

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_random_message_comes_back_as_it_was(string type) =>
        RandomMessages.Of(RaftCodec.Types.Single(t => t.Name == type)).Sample(
            message => Assert.Equal(Describe.Fully(message), Describe.Fully(Bytes.RoundTrip(message))),
            iter: 200,
            print: Describe.Fully);

    [Fact]
    public void Every_kind_of_reply_has_a_wire_format()
    {
        var kinds = typeof(ClientReply).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ClientReply)));
        var sampled = Samples.All.OfType<ClientReplies>().SelectMany(r => r.Replies).Select(r => r.GetType());

        Assert.Empty(kinds.Except(sampled));
    }

    [Fact]
    public void Every_RPC_has_a_wire_format() => Assert.Empty(Concrete(typeof(RaftRpc)).Except(RaftCodec.Types));

    [Fact]
    public void Every_event_but_the_stand_in_for_a_damaged_one_has_a_journal_format() =>
        Assert.Equal([typeof(DamagedEvent)], Concrete(typeof(RaftEvent)).Except(RaftCodec.Types));

    [Fact]
    public void Events_and_only_events_have_manifests_that_begin_with_E_and_so_a_checksum() =>
        Assert.All(Samples.All, s => Assert.Equal(s is RaftEvent, Bytes.Serializer.Manifest(s).StartsWith('E')));

    [Fact]
    public void A_type_without_a_format_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Bytes.Of(new DamagedEvent("never written")));
        Assert.Throws<ArgumentException>(() => Bytes.Serializer.Manifest("text"));
    }

    /// <summary>An unknown manifest belongs to a newer version's message and must not fail in any other way.</summary>
    [Theory]
    [InlineData("XX")]
    [InlineData("")]
    [InlineData("rv")]
    public void An_unknown_manifest_is_refused_by_name(string manifest) =>
        Assert.Contains(
            $"'{manifest}'",
            Assert.Throws<FormatException>(() => Bytes.Read([], manifest)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_RPC_without_a_sender_is_refused() =>
        Assert.All(
            Samples.All.OfType<RaftRpc>(),
            rpc => Assert.Throws<FormatException>(() => Bytes.Read([], Bytes.Serializer.Manifest(rpc))));

    [Fact]
    public void A_reply_without_an_outcome_is_refused() =>
        Assert.Throws<FormatException>(() => Bytes.Read([0x0A, 0x02, 0x08, 0x01], "CR"));

    /// <summary>Whatever a peer sends, the receiver's serializer fails only with the documented exception.</summary>
    [Fact]
    public void A_plan_without_participants_is_refused()
    {
        var plan = new BootstrapPlan(new ClusterId("c"), []);

        Assert.Throws<FormatException>(() => Bytes.RoundTrip(new ProposeBootstrap(plan)));
        Assert.Throws<FormatException>(() => Bytes.RoundTrip(new BootstrapPromise(plan, new Incarnation(new NodeId("n1"), 1))));
    }

    [Fact]
    public void Random_bytes_are_a_message_or_refused_with_a_FormatException() =>
        Gen.Select(Gen.OneOf<object>([.. Samples.All]), Gen.Byte.Array[0, 24]).Sample((sample, bytes) =>
        {
            var refusal = Record.Exception(() => Bytes.Read(bytes, Bytes.Serializer.Manifest(sample)));
            Assert.True(refusal is null or FormatException, $"{refusal}");
        }, iter: 5000);

    private static IEnumerable<Type> Concrete(Type ancestor) =>
        ancestor.Assembly.GetTypes().Where(t => t.IsSubclassOf(ancestor) && !t.IsAbstract);
}
