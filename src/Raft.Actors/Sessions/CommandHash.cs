using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Raft.Actors.Sessions;

/// <summary>
/// SHA-256 of a command. It stands for commands of any size, and a client can't construct two commands with the same hash.
/// </summary>
internal readonly record struct CommandHash
{
    /// <summary>Size in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private CommandHash(ReadOnlySpan<byte> hash)
    {
        _first = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        _second = BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]);
    }

    public static CommandHash Of(ReadOnlySpan<byte> command)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(command, hash);
        return new CommandHash(hash);
    }

    /// <summary>Reads the output of <see cref="ToBytes"/>.</summary>
    /// <exception cref="FormatException">The number of bytes is not <see cref="Size"/>.</exception>
    public static CommandHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new CommandHash(bytes)
            : throw new FormatException($"A hash has {bytes.Length} bytes, not {Size}.");

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, _first);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(16), _second);
        return bytes;
    }
}
