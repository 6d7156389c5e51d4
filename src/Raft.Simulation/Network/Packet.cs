using Akka.Serialization;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Network;

/// <summary>A message on its way.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="To">Who is to get it.</param>
/// <param name="ReplyTo">Who gets the answers: the sender, but for a message that was passed on.</param>
/// <param name="Message">The message as it was sent.</param>
/// <param name="Serializer">What encoded it.</param>
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
    /// Raft bears RPCs that come twice (§5.5), and a client replies. Commands of clients come once, as over Akka.Remote, which
    /// delivers at most once: a client relies on it when a node says that it did not take one.
    /// </summary>
    public bool MayBeDuplicated => Message is not Propose;
}

/// <summary>What a scenario wants to become of a message.</summary>
internal enum Verdict
{
    /// <summary>It goes its way.</summary>
    Pass,

    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>It is kept until the scenario lets it go.</summary>
    Keep,
}
