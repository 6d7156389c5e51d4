using System.Globalization;

namespace Raft.Host.Formatting;

/// <summary>Numbers, times and sizes as people read them.</summary>
internal static class Readable
{
    /// <summary>The number as it is printed everywhere.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number with groups, for people.</summary>
    public static string Grouped(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A length of time, short, as people say it: <c>850 µs</c>, <c>12 ms</c>, <c>3.4 s</c>, <c>5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } => Format($"{time.TotalMicroseconds:0} µs"),
        { TotalMilliseconds: < 10 } => Format($"{time.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 1 } => Format($"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => Format($"{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 2 } => Format($"{time.TotalSeconds:0} s"),
        { TotalHours: < 2 } => Format($"{time.TotalMinutes:0} min"),
        _ => Format($"{time.TotalHours:0} h"),
    };

    /// <summary>A number of bytes as people say it.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 10 * 1024 => Format($"{bytes} bytes"),
        < 10L * 1024 * 1024 => Format($"{bytes / 1024.0:0} KiB"),
        < 10L * 1024 * 1024 * 1024 => Format($"{bytes / (1024.0 * 1024):0} MiB"),
        _ => Format($"{bytes / (1024.0 * 1024 * 1024):0} GiB"),
    };

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
