using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Raft.Actors.StateMachines;

/// <summary>Consecutive messages in a snapshot, each after its length in four bytes, little-endian.</summary>
internal static class SnapshotRecords
{
    public static void Write(IBufferWriter<byte> snapshot, IMessage message)
    {
        BinaryPrimitives.WriteInt32LittleEndian(snapshot.GetSpan(sizeof(int)), message.CalculateSize());
        snapshot.Advance(sizeof(int));
        message.WriteTo(snapshot);
    }

    /// <summary>Reads the first message; the bytes after it remain.</summary>
    /// <exception cref="FormatException">The bytes are not such a message.</exception>
    public static T Read<T>(MessageParser<T> parser, ref ReadOnlySequence<byte> snapshot)
        where T : IMessage<T>
    {
        var reader = new SequenceReader<byte>(snapshot);
        if (!reader.TryReadLittleEndian(out int length) || length < 0 || length > reader.Remaining)
            throw new FormatException($"A snapshot ends within a message: {snapshot.Length} bytes are left.");
        try
        {
            var message = parser.ParseFrom(snapshot.Slice(sizeof(int), length));
            snapshot = snapshot.Slice(sizeof(int) + length);
            return message;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException($"A message in a snapshot can't be read: {e.Message}", e);
        }
    }
}
