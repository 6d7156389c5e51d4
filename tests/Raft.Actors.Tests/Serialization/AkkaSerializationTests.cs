using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Actors.Serialization;
using Xunit;

namespace Raft.Actors.Tests.Serialization;

/// <summary>The serializers as configured in an ActorSystem.</summary>
public sealed class AkkaSerializationTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization", ConfigurationFactory
        .ParseString("""
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
}
