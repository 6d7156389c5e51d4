using System.Globalization;

namespace Raft.Simulation;

/// <summary>Seeds, one after the other.</summary>
/// <param name="First">The first seed.</param>
/// <param name="Last">The last seed, included.</param>
public readonly record struct SeedRange(long First, long Last)
{
    private const long MaxSeed = 1L << 62;

    /// <summary>How many seeds these are.</summary>
    public long Count => Last - First + 1;

    /// <summary>Reads <c>7</c> or <c>1..1000</c>.</summary>
    /// <param name="text">A seed, or the first and the last with two dots between; none is negative.</param>
    /// <exception cref="FormatException">It is something else; the message says what is wrong.</exception>
    public static SeedRange Parse(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || !TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last))
            throw new FormatException($"'{text}' is no range of seeds: write one such as 42, or a range such as 1..1000.");
        return last >= first
            ? new SeedRange(first, last)
            : throw new FormatException($"'{text}' ends before it begins: write the smaller seed first.");
    }

    /// <summary>The range as it is parsed.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}..{Last}";

    private static bool TryParse(string text, out long seed) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed <= MaxSeed;
}
