using System.Text.RegularExpressions;
using Akka.Event;

namespace Raft.Programs.Logging;

/// <summary>
/// Summarizes incoming data from programs outside of the cluster: port scans, HTTP, processes with another cluster name. Akka.NET
/// rejects them and logs every message; a person needs to know only once.
/// </summary>
internal sealed partial class Strangers
{
    private const int MaxRemembered = 100;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTime> _told = [];

    /// <summary>Returns what to log for an event.</summary>
    /// <returns>Null if no stranger caused the event; empty if the same was logged a short while ago.</returns>
    public string? Describe(LogEvent log)
    {
        if (Explain(log) is not { } text) return null;
        if (_told.TryGetValue(text, out var at) && log.Timestamp - at < Silence) return "";
        if (_told.Count >= MaxRemembered) _told.Clear();
        _told[text] = log.Timestamp;
        return text;
    }

    private static string? Explain(LogEvent log)
    {
        var text = log.Message?.ToString() ?? "";
        if (log.Cause?.GetType().Name is "TooLongFrameException" or "CorruptedFrameException")
            return $"{Channel().Match(text).Groups["peer"].Value} sent data that is not an Akka message and was disconnected.";
        if (log.Cause?.GetType().Name is "AkkaProtocolException")
            return "An unknown process sent data that is not an Akka message and was disconnected.";
        return NonLocal().Match(text) is { Success: true } wrong
            ? $"A process addressed this process as {wrong.Groups["wanted"].Value}, but it is {wrong.Groups["own"].Value}. "
                + "Check RAFT_CLUSTER, RAFT_SEED_NODES and RAFT_REMOTE on both sides."
            : null;
    }

    /// <summary>
    /// Matches Akka's text <c>channel [local->remote](Id=…)</c>. An IPv4 address may appear in brackets, as IPv6.
    /// </summary>
    [GeneratedRegex(@"->\[?(?:::ffff:)?(?<peer>[0-9a-fA-F.:]+?)\]?:[0-9]+\]\(Id=")]
    private static partial Regex Channel();

    [GeneratedRegex(@"non-local recipient .* arriving at \[(?<wanted>[^\]]+)\] inbound addresses \[(?<own>[^\]]+)\]")]
    private static partial Regex NonLocal();
}
