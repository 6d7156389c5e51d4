using Akka.Serialization;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Network;

/// <summary>A message in flight.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="ReplyTo">The receiver of the answers: the sender, unless the message was forwarded.</param>
/// <param name="Message">The message as it was sent.</param>
/// <param name="Serializer">The serializer that encoded it.</param>
/// <param name="Manifest">Its type on the wire.</param>
/// <param name="Bytes">The message on the wire.</param>
/// <param name="SentAt">When it was sent.</param>
internal sealed record Packet(
    Endpoint From,
    Endpoint To,
    Endpoint ReplyTo,
    object Message,
    SerializerWithStringManifest Serializer,
    string Manifest,
    byte[] Bytes,
    TimeSpan SentAt)
{
    /// <summary>
    /// Whether the message may arrive twice. Raft tolerates duplicate RPCs (§5.5) and duplicate replies to clients. Client
    /// commands arrive at most once, as over Akka.Remote: a client relies on this when a node says that it did not accept a
    /// command.
    /// </summary>
    public bool MayBeDuplicated => Message is not Propose;
}

/// <summary>What a scenario does with a message.</summary>
internal enum Verdict
{
    /// <summary>The message is delivered.</summary>
    Pass,

    /// <summary>The message is lost.</summary>
    Drop,

    /// <summary>The message is held until the scenario releases it.</summary>
    Keep,
}
