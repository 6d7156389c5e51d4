using System.Buffers.Binary;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote;
using Google.Protobuf;

namespace Raft.Actors.Tests.Links;

/// <summary>
/// A connection to an ActorSystem that pretends to come from another one, like that one's own abandoned dial: it shakes hands and
/// is closed. The bytes follow Akka.Remote's protocol (WireFormats.proto).
/// </summary>
internal static class ForgedLink
{
    private const int Associate = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Connects, shakes hands and closes.</summary>
    /// <param name="from">The ActorSystem that it pretends to be.</param>
    /// <param name="to">The ActorSystem that it connects to.</param>
    public static async Task ComeAndGoAsync(ActorSystem from, Address to)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(to.Host!, to.Port!.Value);
        var hello = Message(Hello(((ExtendedActorSystem)from).Provider.DefaultAddress, AddressUidExtension.Uid(from)));
        var frame = new byte[sizeof(int) + hello.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, hello.Length);
        hello.CopyTo(frame, sizeof(int));
        var stream = connection.GetStream();
        await stream.WriteAsync(frame);
        await stream.ReadExactlyAsync(new byte[sizeof(int)]).AsTask().WaitAsync(Patience);
    }

    /// <summary>AkkaProtocolMessage, with an AkkaControlMessage that has an AkkaHandshakeInfo.</summary>
    private static byte[] Message(byte[] handshake) => Write(message => WriteBytes(message, 2, Write(control =>
    {
        control.WriteTag(1, WireFormat.WireType.Varint);
        control.WriteEnum(Associate);
        WriteBytes(control, 2, handshake);
    })));

    private static byte[] Hello(Address origin, int uid) => Write(info =>
    {
        WriteBytes(info, 1, Write(address =>
        {
            WriteText(address, 1, origin.System);
            WriteText(address, 2, origin.Host!);
            address.WriteTag(3, WireFormat.WireType.Varint);
            address.WriteUInt32((uint)origin.Port!.Value);
            WriteText(address, 4, "tcp");
        }));
        info.WriteTag(2, WireFormat.WireType.Fixed64);
        info.WriteFixed64((ulong)uid);
    });

    private static void WriteText(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void WriteBytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true)) write(output);
        return memory.ToArray();
    }
}
