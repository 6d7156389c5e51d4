using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Raft.Programs.Serialization;

/// <summary>
/// Replaces Akka's JSON serializer, which would construct any type that a message names and so could run foreign code. It rejects
/// both directions, so that a message without its own format is noticed when it is sent.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <summary>Called by Akka if the configuration has no <c>serialization-settings.json</c>.</summary>
    /// <param name="system">The ActorSystem.</param>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Called by Akka if the configuration has <c>serialization-settings.json</c>, as by default.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <param name="settings">The settings of the JSON serializer; not used.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) =>
        ArgumentNullException.ThrowIfNull(settings);

    /// <summary>The identifier of Akka's JSON serializer, whose data is to be rejected.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} has no serializer, and JSON is disabled.");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type? type) =>
        throw new SerializationException("A JSON message was rejected, because it could construct any type.");
}
