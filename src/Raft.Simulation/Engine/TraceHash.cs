namespace Raft.Simulation.Engine;

/// <summary>A running hash of all events: two runs with the same value did the same.</summary>
internal struct TraceHash
{
    private ulong _value;

    public readonly ulong Value => _value;

    public void Add(long item) => _value = (ulong.RotateLeft(_value, 5) ^ (ulong)item) * 0x517cc1b727220a95;

    public void Add(ReadOnlySpan<byte> bytes) => Add((long)System.IO.Hashing.XxHash3.HashToUInt64(bytes));
}
