using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Raft.Programs.Serialization;

/// <summary>
/// Takes the place of Akka's JSON serializer, which would build any type that a message names: a way to run foreign
/// code. It refuses both directions, so a message without a format of its own is noticed when it is sent.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <summary>Called by Akka where the configuration has no <c>serialization-settings.json</c>.</summary>
    /// <param name="system">The ActorSystem.</param>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Called by Akka where it has, as by default.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <param name="settings">The JSON serializer's settings; not used.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) =>
        ArgumentNullException.ThrowIfNull(settings);

    /// <summary>The number of Akka's JSON serializer, whose bytes are to be refused.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} has no serializer of its own, and JSON is switched off.");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type? type) =>
        throw new SerializationException("A JSON message was refused: it could build any type.");
}
