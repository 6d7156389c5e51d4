using System.Buffers.Binary;
using System.Text;

namespace Raft.Actors.Protocol;

/// <summary>
/// A node with one journal. A node that lost its journal, or a part of it, draws a new number: so what it promised before is told
/// from what it promises now. Two nodes that were given the same name by mistake are told apart, too.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Journal">The number that the node drew for its journal; above 0.</param>
internal sealed record Incarnation(NodeId Node, long Journal)
{
    /// <summary>The node's name.</summary>
    public override string ToString() => Node.Value;

    /// <summary>
    /// The bytes of an entry that readmits the node, as they stand in the journal: the number as 8 bytes, little-endian, then the
    /// name in ASCII.
    /// </summary>
    internal ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[sizeof(long) + Node.Value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Journal);
        Encoding.ASCII.GetBytes(Node.Value, bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <returns>Null where the bytes are none that a leader writes.</returns>
    internal static Incarnation? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= sizeof(long)) return null;
        var journal = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var name = Encoding.ASCII.GetString(bytes[sizeof(long)..]);
        return journal > 0 && NameRule.IsValid(name) ? new Incarnation(new NodeId(name), journal) : null;
    }
}

/// <summary>
/// What an RPC rests on: the sender's journal when the RPC left (docs/decisions/020). A receiver that has seen more of the same
/// journal knows that the sender forgot something.
/// </summary>
/// <param name="Number">The journal's number (<see cref="Incarnation.Journal"/>); 0 where the journal is older than such numbers.</param>
/// <param name="Position">Sequence number of its newest event on disk; 0 where the sender does not say.</param>
/// <param name="AwaitsReadmission">
/// Whether the journal lacks what the node promised before: then nothing that the node says counts for an election, a commit or a
/// read.
/// </param>
internal readonly record struct JournalStamp(long Number, long Position, bool AwaitsReadmission = false);
