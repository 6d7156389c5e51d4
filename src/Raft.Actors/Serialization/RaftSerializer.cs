using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using Raft.Actors.Events;

namespace Raft.Actors.Serialization;

/// <summary>
/// Akka's serializer for the messages and events of this library, in Protocol Buffers. Before an event's bytes there is a CRC-32
/// of the bytes and the manifest. If it does not match, the event is read as <see cref="DamagedEvent"/>, and recovery reports its
/// sequence number.
/// </summary>
internal sealed class RaftSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>This serializer's id on the wire and in the journal; it never changes.</summary>
    public override int Identifier => 1_414_550;

    /// <inheritdoc/>
    public override string Manifest(object o) => RaftCodec.Manifest(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var proto = RaftCodec.ToProto(obj);
        if (obj is not RaftEvent) return proto.ToByteArray();

        var bytes = new byte[ChecksumBytes + proto.CalculateSize()];
        proto.WriteTo(bytes.AsSpan(ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Checksum(bytes.AsSpan(ChecksumBytes), RaftCodec.Manifest(obj)));
        return bytes;
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!manifest.StartsWith('E')) return RaftCodec.Decode(bytes, manifest);
        if (bytes.Length < ChecksumBytes) return new DamagedEvent($"it has {bytes.Length} bytes, too few for a checksum");

        var expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var actual = Checksum(bytes.AsSpan(ChecksumBytes), manifest);
        if (expected != actual) return new DamagedEvent($"its checksum is {actual:x8} and should be {expected:x8}");
        try
        {
            return RaftCodec.Decode(bytes.AsSpan(ChecksumBytes), manifest);
        }
        catch (FormatException e)
        {
            return new DamagedEvent(e.Message);
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, string manifest)
    {
        var checksum = new Crc32();
        checksum.Append(bytes);
        checksum.Append(Encoding.ASCII.GetBytes(manifest));
        return checksum.GetCurrentHashAsUInt32();
    }
}
