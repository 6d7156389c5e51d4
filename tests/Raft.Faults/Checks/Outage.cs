namespace Raft.Faults.Checks;

/// <summary>Measures how long no write was acknowledged.</summary>
internal static class Outage
{
    /// <summary>Returns the longest time without an acknowledgement that overlaps a window.</summary>
    /// <param name="acknowledged">When writes were acknowledged, in ascending order.</param>
    /// <param name="begin">The start of the window: the fault.</param>
    /// <param name="end">The end of the window: the end of the load.</param>
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
