using System.Globalization;

namespace Raft.Host.Formatting;

/// <summary>Formats numbers, durations and sizes for people.</summary>
internal static class Readable
{
    /// <summary>Formats a number, independent of the culture.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a number with digit groups.</summary>
    public static string Grouped(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Formats a duration briefly: <c>850 µs</c>, <c>12 ms</c>, <c>3.4 s</c>, <c>5 min</c>.</summary>
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

    /// <summary>Formats a number of bytes: <c>512 bytes</c>, <c>64 KiB</c>, <c>3 GiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 10 * 1024 => Format($"{bytes} bytes"),
        < 10L * 1024 * 1024 => Format($"{bytes / 1024.0:0} KiB"),
        < 10L * 1024 * 1024 * 1024 => Format($"{bytes / (1024.0 * 1024):0} MiB"),
        _ => Format($"{bytes / (1024.0 * 1024 * 1024):0} GiB"),
    };

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
