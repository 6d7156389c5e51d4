using System.Diagnostics.Metrics;

namespace Raft.Actors.Monitoring;

/// <summary>Measures what one leader commits, by the histogram <c>raft.commit.duration</c> of the node's Meter.</summary>
internal sealed class CommitMeter : IDisposable
{
    private readonly DurationHistogram _durations = new();
    private readonly MeterListener _listener = new();
    private TimeSpan? _taken;

    /// <param name="node">The node's own Meter.</param>
    public CommitMeter(Meter node)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == node && instrument.Name == "raft.commit.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _durations.Add(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>What was committed since it was taken last.</summary>
    /// <param name="now">The time on a clock that never goes back.</param>
    /// <returns>Null the first time.</returns>
    public (double PerSecond, TimeSpan? P50, TimeSpan? P99)? Take(TimeSpan now)
    {
        var (count, p50, p99) = _durations.Take();
        var since = now - _taken;
        _taken = now;
        return since is { } time && time > TimeSpan.Zero ? (count / time.TotalSeconds, p50, p99) : null;
    }

    /// <summary>Stops measuring.</summary>
    public void Dispose() => _listener.Dispose();
}
