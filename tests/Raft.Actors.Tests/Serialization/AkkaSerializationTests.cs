using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>The serializers as an ActorSystem finds them.</summary>
public sealed class AkkaSerializationTests : IAsyncLifetime
{
    private const int JsonIdentifier = 1;

    private readonly ActorSystem _system = ActorSystem.Create("serialization", ConfigurationFactory
        .ParseString("""
            akka.actor.serializers.json = "Raft.Actors.Serialization.RefusingSerializer, Raft.Actors"
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            """)
        .WithFallback(RaftConfig.Reference));

    public static TheoryData<string> TypeNames => [.. RaftCodec.Types.Select(t => t.Name)];

    private Akka.Serialization.Serialization Serialization => _system.Serialization;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Every_message_and_event_is_bound_to_the_serializer_of_this_library(string type)
    {
        var sample = Samples.All.First(s => s.GetType().Name == type);

        Assert.IsType<RaftSerializer>(Serialization.FindSerializerFor(sample));
        Assert.IsType<RaftSerializer>(Serialization.FindSerializerForType(sample.GetType()));
    }

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Every_message_and_event_comes_back_through_the_number_and_manifest_that_the_envelope_carries(string type)
    {
        var sample = Samples.All.First(s => s.GetType().Name == type);
        var serializer = (RaftSerializer)Serialization.FindSerializerFor(sample);

        var read = Serialization.Deserialize(serializer.ToBinary(sample), serializer.Identifier, serializer.Manifest(sample));

        Assert.Equal(Describe.Fully(sample), Describe.Fully(read));
    }

    [Fact]
    public void A_type_without_a_format_of_its_own_cannot_be_sent()
    {
        var refusing = Assert.IsType<RefusingSerializer>(Serialization.FindSerializerFor(new Tripwire()));

        var refusal = Assert.Throws<SerializationException>(() => refusing.ToBinary(new Tripwire()));

        Assert.Contains(nameof(Tripwire), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<SerializationException>(() => refusing.FromBinary([], typeof(Tripwire)));
        Assert.Throws<SerializationException>(() => refusing.FromBinary(Tripwire.Payload, null!));
    }

    [Fact]
    public void A_message_that_never_leaves_the_process_cannot_leave_it() =>
        Assert.Throws<SerializationException>(
            () => Serialization.Serialize(new NodeHalted(new GroupId("orders"), new NodeId("n1"), "the disk is full")));

    /// <summary>The payload is dangerous: without the refusing serializer, Akka makes what it names.</summary>
    [Fact]
    public async Task Akkas_own_JSON_serializer_would_make_any_type_that_a_message_names()
    {
        var bare = ActorSystem.Create("bare", "akka.loglevel = OFF\nakka.stdout-loglevel = OFF");
        var before = Tripwire.Made;

        bare.Serialization.Deserialize(Tripwire.Payload, JsonIdentifier, "");

        Assert.Equal(before + 1, Tripwire.Made);
        await bare.Terminate();
    }

    [Fact]
    public void A_hostile_JSON_message_is_refused_and_makes_nothing()
    {
        var before = Tripwire.Made;

        Assert.ThrowsAny<SerializationException>(
            () => Serialization.Deserialize(Tripwire.Payload, JsonIdentifier, ""));
        Assert.ThrowsAny<SerializationException>(
            () => Serialization.Deserialize(Tripwire.Payload, JsonIdentifier, typeof(Tripwire)));

        Assert.Equal(before, Tripwire.Made);
    }

    [Fact]
    public void Whatever_has_no_binding_of_its_own_meets_the_refusing_serializer() =>
        Assert.IsType<RefusingSerializer>(Serialization.FindSerializerForType(typeof(object)));
}
