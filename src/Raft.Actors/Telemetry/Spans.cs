using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// Starts and ends spans. An actor handles messages of many traces, so a span's parent is always named, and no span stays the
/// ambient one (<see cref="Activity.Current"/>).
/// </summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(RaftTelemetry.Name);

    /// <summary>Starts the span of a client's request, below the caller's own.</summary>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? Request(string name) => Recorded(Source.StartActivity(name, ActivityKind.Client));

    /// <summary>Starts a span.</summary>
    /// <returns>Null where nobody listens, or nobody wants this trace.</returns>
    public static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        if (parent == default || !Source.HasListeners()) return null;
        var ambient = Activity.Current;
        var span = Source.StartActivity(name, kind, parent);
        Activity.Current = ambient;
        return Recorded(span);
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span; may be null.</param>
    /// <param name="failure">What went wrong, if anything did.</param>
    public static void End(Activity? span, string? failure = null)
    {
        if (span is null) return;
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error, failure);
        var ambient = Activity.Current;
        span.Stop();
        Activity.Current = ambient;
    }

    /// <summary>A span as it is named in a message.</summary>
    public static TraceParent ParentOf(Activity span) =>
        new($"00-{span.TraceId}-{span.SpanId}-{(byte)span.ActivityTraceFlags:x2}");

    /// <summary>What a message named; nothing where it named nothing that is valid.</summary>
    public static ActivityContext Context(TraceParent? parent) =>
        parent is { } text && Source.HasListeners() && ActivityContext.TryParse(text.Value, null, isRemote: true, out var context)
            ? context
            : default;

    private static Activity? Recorded(Activity? span) => span is { Recorded: true } ? span : null;
}
