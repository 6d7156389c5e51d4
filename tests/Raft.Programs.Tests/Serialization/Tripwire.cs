namespace Raft.Programs.Tests.Serialization;

/// <summary>A type that a hostile message names. It counts its instances.</summary>
public sealed class Tripwire
{
    private static int _made;

    public Tripwire() => Interlocked.Increment(ref _made);

    public static int Made => Volatile.Read(ref _made);

    /// <summary>Newtonsoft JSON that names the type, like an attacker's.</summary>
    public static byte[] Payload { get; } =
        """{"$id":"1","$type":"Raft.Programs.Tests.Serialization.Tripwire, Raft.Programs.Tests"}"""u8.ToArray();
}
