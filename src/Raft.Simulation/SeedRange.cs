using System.Globalization;

namespace Raft.Simulation;

/// <summary>A range of consecutive seeds.</summary>
/// <param name="First">The first seed.</param>
/// <param name="Last">The last seed, inclusive.</param>
public readonly record struct SeedRange(long First, long Last)
{
    private const long MaxSeed = 1L << 62;

    /// <summary>The number of seeds.</summary>
    public long Count => Last - First + 1;

    /// <summary>Parses <c>7</c> or <c>1..1000</c>.</summary>
    /// <param name="text">A seed, or the first and the last seed, separated by two dots. Seeds are not negative.</param>
    /// <exception cref="FormatException">The text is not a range. The message says what is wrong.</exception>
    public static SeedRange Parse(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || !TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last))
            throw new FormatException($"'{text}' is not a range of seeds. Use a seed such as 42 or a range such as 1..1000.");
        return last >= first
            ? new SeedRange(first, last)
            : throw new FormatException($"'{text}' ends before it begins. Write the smaller seed first.");
    }

    /// <summary>Formats the range for <see cref="Parse"/>.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}..{Last}";

    private static bool TryParse(string text, out long seed) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed <= MaxSeed;
}
