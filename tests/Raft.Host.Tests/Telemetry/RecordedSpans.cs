using System.Collections.Concurrent;
using System.Diagnostics;
using Raft.Actors.Telemetry;

namespace Raft.Host.Tests.Telemetry;

/// <summary>The spans of one trace, separate from concurrent traces.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentBag<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly TaskCompletionSource _isComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    /// <param name="trace">The trace to record; other traces have no spans.</param>
    /// <param name="count">The expected number of spans.</param>
    public RecordedSpans(ActivityTraceId trace, int count)
    {
        _missing = count;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RaftTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = OnEnded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Completes when all spans have ended.</summary>
    public Task AllAsync() => _isComplete.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>
    /// Formats the spans below one as lines, indented below their parent: name, node and peer.
    /// </summary>
    public string TreeBelow(ActivitySpanId parent, string indent = "") => string.Concat(_ended
        .Where(span => span.ParentSpanId == parent)
        .Select(span => (Line: $"{indent}{Describe(span)}\n", Below: TreeBelow(span.SpanId, indent + "  ")))
        .OrderBy(span => span.Line, StringComparer.Ordinal)
        .Select(span => span.Line + span.Below));

    public IEnumerable<Activity> Named(string name) => _ended.Where(span => span.OperationName == name);

    public void Dispose() => _listener.Dispose();

    private static string Describe(Activity span) => string.Join(
        ' ',
        new[] { span.OperationName, span.GetTagItem(RaftTelemetry.NodeTag), span.GetTagItem(RaftTelemetry.PeerTag) }
            .Where(t => t is not null));

    private void OnEnded(Activity span)
    {
        _ended.Add(span);
        if (Interlocked.Decrement(ref _missing) == 0) _isComplete.SetResult();
    }
}
