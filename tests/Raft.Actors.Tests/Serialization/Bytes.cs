using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Raft.Actors.Serialization;

namespace Raft.Actors.Tests.Serialization;

/// <summary>The serializer without an ActorSystem, which it does not use.</summary>
internal static class Bytes
{
    public static readonly RaftSerializer Serializer = new(system: null!);

    public static byte[] Of(object message) => Serializer.ToBinary(message);

    public static object Read(byte[] bytes, string manifest) => Serializer.FromBinary(bytes, manifest);

    /// <summary>
    /// The bytes of an event whose payload was written by another version. The checksum covers payload and manifest.
    /// </summary>
    public static byte[] WithChecksum(byte[] payload, string manifest)
    {
        var checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(
            checksum, Crc32.HashToUInt32([.. payload, .. Encoding.ASCII.GetBytes(manifest)]));
        return [.. checksum, .. payload];
    }

    public static object RoundTrip(object message) => Read(Of(message), Serializer.Manifest(message));
}
