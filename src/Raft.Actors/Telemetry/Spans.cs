using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// Starts and ends spans. An actor handles messages of many traces, so each span's parent is explicit, and no span stays the
/// ambient one (<see cref="Activity.Current"/>).
/// </summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(RaftTelemetry.Name);

    /// <summary>Starts the span of a client's request, as a child of the caller's span.</summary>
    /// <returns>Null if nothing listens.</returns>
    public static Activity? Request(string name) => Recorded(Source.StartActivity(name, ActivityKind.Client));

    /// <summary>Starts a span.</summary>
    /// <returns>Null if nothing listens, or the trace is not sampled.</returns>
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
    /// <param name="failure">What went wrong; null if nothing did.</param>
    public static void End(Activity? span, string? failure = null)
    {
        if (span is null) return;
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error, failure);
        var ambient = Activity.Current;
        span.Stop();
        Activity.Current = ambient;
    }

    /// <summary>The context of a span in the form that messages contain.</summary>
    public static TraceParent ParentOf(Activity span) =>
        new($"00-{span.TraceId}-{span.SpanId}-{(byte)span.ActivityTraceFlags:x2}");

    /// <summary>The span context that a message contains; default if there is none or it is invalid.</summary>
    public static ActivityContext Context(TraceParent? parent) =>
        parent is { } text && Source.HasListeners() && ActivityContext.TryParse(text.Value, null, isRemote: true, out var context)
            ? context
            : default;

    private static Activity? Recorded(Activity? span) => span is { Recorded: true } ? span : null;
}
