using System.Text.RegularExpressions;
using Akka.Event;

namespace Raft.Programs.Logging;

/// <summary>
/// What comes in from programs that are no part of the cluster: port scans, HTTP, processes with another cluster's name. Akka
/// refuses it and says so at each message; a person wants to hear of it once.
/// </summary>
internal sealed partial class Strangers
{
    private const int MaxRemembered = 100;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTime> _told = [];

    /// <summary>What to write for an event.</summary>
    /// <returns>Null where it is no stranger's doing; empty where the same was said a short while ago.</returns>
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
            return $"{Channel().Match(text).Groups["peer"].Value} sent bytes that are no Akka messages, and was disconnected.";
        if (log.Cause?.GetType().Name is "AkkaProtocolException")
            return "Somebody sent bytes that are no Akka messages, and was disconnected.";
        return NonLocal().Match(text) is { Success: true } wrong
            ? $"Somebody takes this process for {wrong.Groups["wanted"].Value}, but it is {wrong.Groups["own"].Value}: "
                + "is RAFT_CLUSTER, RAFT_SEED_NODES or RAFT_REMOTE wrong there or here?"
            : null;
    }

    /// <summary>Akka's text is <c>channel [local->remote](Id=…)</c>; an IPv4 address may stand in brackets as IPv6.</summary>
    [GeneratedRegex(@"->\[?(?:::ffff:)?(?<peer>[0-9a-fA-F.:]+?)\]?:[0-9]+\]\(Id=")]
    private static partial Regex Channel();

    [GeneratedRegex(@"non-local recipient .* arriving at \[(?<wanted>[^\]]+)\] inbound addresses \[(?<own>[^\]]+)\]")]
    private static partial Regex NonLocal();
}
