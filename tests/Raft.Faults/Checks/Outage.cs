namespace Raft.Faults.Checks;

/// <summary>How long no write was acknowledged.</summary>
internal static class Outage
{
    /// <summary>The longest time without an acknowledgement that reaches into a window.</summary>
    /// <param name="acknowledged">When writes were acknowledged, in rising order.</param>
    /// <param name="begin">The window's begin: the fault.</param>
    /// <param name="end">The window's end: the end of the load.</param>
    public static TimeSpan Longest(IReadOnlyList<TimeSpan> acknowledged, TimeSpan begin, TimeSpan end)
    {
        var last = acknowledged.LastOrDefault(time => time <= begin);
        var longest = TimeSpan.Zero;
        foreach (var time in acknowledged.Where(time => time > begin && time < end).Append(end))
        {
            if (time - last > longest) longest = time - last;
            last = time;
        }

        return longest;
    }
}
