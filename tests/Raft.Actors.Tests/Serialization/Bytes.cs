using Raft.Actors.Serialization;

namespace Raft.Actors.Tests.Serialization;

/// <summary>The serializer without an ActorSystem, which it does not ask.</summary>
internal static class Bytes
{
    public static readonly RaftSerializer Serializer = new(system: null!);

    public static byte[] Of(object message) => Serializer.ToBinary(message);

    public static object Read(byte[] bytes, string manifest) => Serializer.FromBinary(bytes, manifest);

    public static object RoundTrip(object message) => Read(Of(message), Serializer.Manifest(message));
}
