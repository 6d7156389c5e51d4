using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Serialization;
using Xunit;

namespace Raft.Programs.Tests.Serialization;

/// <summary>JSON with the configuration of the programs: it is rejected.</summary>
public sealed class RefusingSerializerTests : IAsyncLifetime
{
    private const int JsonIdentifier = 1;
    private const string Quiet = "akka.loglevel = OFF\nakka.stdout-loglevel = OFF\n";

    private readonly ActorSystem _system = ActorSystem.Create("refusing", ConfigurationFactory
        .ParseString($"{Quiet}akka.actor.provider = local")
        .WithFallback(Hocon.Load("common.conf")));

    private Akka.Serialization.Serialization Serialization => _system.Serialization;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void A_type_without_a_format_of_its_own_cannot_be_sent()
    {
        var refusing = Assert.IsType<RefusingSerializer>(Serialization.FindSerializerFor(new Tripwire()));

        var refusal = Assert.Throws<SerializationException>(() => refusing.ToBinary(new Tripwire()));

        Assert.Contains(nameof(Tripwire), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<SerializationException>(() => refusing.FromBinary([], typeof(Tripwire)));
        Assert.Throws<SerializationException>(() => refusing.FromBinary(Tripwire.Payload, null!));
    }

    /// <summary>The payload is dangerous: without the refusing serializer, Akka instantiates the named type.</summary>
    [Fact]
    public async Task Akkas_own_JSON_serializer_would_make_any_type_that_a_message_names()
    {
        var bare = ActorSystem.Create("bare", Quiet);
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
