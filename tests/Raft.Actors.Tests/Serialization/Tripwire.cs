namespace Raft.Actors.Tests.Serialization;

/// <summary>A type that a hostile message names, to have it made. It counts how often that worked.</summary>
public sealed class Tripwire
{
    private static int _made;

    public Tripwire() => Interlocked.Increment(ref _made);

    public static int Made => Volatile.Read(ref _made);

    /// <summary>Newtonsoft JSON that names the type to make, as an attacker would write it.</summary>
    public static byte[] Payload { get; } =
        """{"$id":"1","$type":"Raft.Actors.Tests.Serialization.Tripwire, Raft.Actors.Tests"}"""u8.ToArray();
}
