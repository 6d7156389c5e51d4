using System.Buffers.Binary;
using System.Text;

namespace Raft.Actors.Protocol;

/// <summary>
/// A node with one journal. A node that lost all or part of its journal draws a new number, which distinguishes its old
/// acknowledgements from its new ones. It also distinguishes two nodes that got the same name by mistake.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Journal">The journal's random number; above 0.</param>
internal sealed record Incarnation(NodeId Node, long Journal)
{
    /// <summary>The node's name.</summary>
    public override string ToString() => Node.Value;

    /// <summary>
    /// The bytes of an entry that readmits the node, as in the journal: the number as 8 bytes, little-endian, then the name in
    /// ASCII.
    /// </summary>
    internal ReadOnlyMemory<byte> Encode()
    {
        var bytes = new byte[sizeof(long) + Node.Value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Journal);
        Encoding.ASCII.GetBytes(Node.Value, bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <returns>Null if the bytes are not a valid incarnation.</returns>
    internal static Incarnation? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= sizeof(long)) return null;
        var journal = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var name = Encoding.ASCII.GetString(bytes[sizeof(long)..]);
        return journal > 0 && NameRule.IsValid(name) ? new Incarnation(new NodeId(name), journal) : null;
    }
}

/// <summary>
/// The sender's journal when it sent an RPC (docs/decisions/020). A receiver that has seen more of the same journal knows that
/// the sender lost data.
/// </summary>
/// <param name="Number">The journal's number (<see cref="Incarnation.Journal"/>); 0 for a journal from before incarnations
/// existed.</param>
/// <param name="Position">Sequence number of the newest event on disk; 0 if the sender does not say.</param>
/// <param name="AwaitsReadmission">Whether the journal lacks data that the node had acknowledged. Then none of the node's
/// messages count for an election, a commit or a read.</param>
internal readonly record struct JournalStamp(long Number, long Position, bool AwaitsReadmission = false);
