namespace Raft.Simulation.Engine;

/// <summary>
/// A random number generator whose numbers depend only on its seed and its name: they are the same on every machine and in
/// every version of .NET. It is xoshiro256** by Blackman and Vigna, seeded by splitmix64.
/// </summary>
internal sealed class SeededRandom : Random
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">
    /// The purpose of the numbers. Each purpose has its own stream, so that one does not affect another.
    /// </param>
    public SeededRandom(long seed, string stream)
    {
        var state = (ulong)seed;
        foreach (var c in stream) state = (state ^ c) * 0x100000001b3;
        _a = Split(ref state);
        _b = Split(ref state);
        _c = Split(ref state);
        _d = Split(ref state);
    }

    public override int Next() => (int)(NextUInt64() >> 33);

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : (int)(((NextUInt64() >> 32) * (ulong)maxValue) >> 32);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns true with this probability.</summary>
    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;

    /// <summary>Returns a time in this range; the upper bound is excluded.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + new TimeSpan((long)(NextDouble() * (to - from).Ticks));

    protected override double Sample() => NextDouble();

    private static ulong Split(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private ulong NextUInt64()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }
}
