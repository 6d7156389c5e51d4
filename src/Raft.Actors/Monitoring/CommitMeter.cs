using System.Diagnostics.Metrics;

namespace Raft.Actors.Monitoring;

/// <summary>Measures the commits of one leader by the histogram <c>raft.commit.duration</c> of the node's Meter.</summary>
internal sealed class CommitMeter : IDisposable
{
    private readonly DurationHistogram _durations = new();
    private readonly MeterListener _listener = new();
    private TimeSpan? _drainedAt;

    /// <param name="node">The node's own Meter.</param>
    public CommitMeter(Meter node)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == node && instrument.Name == "raft.commit.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _durations.Add(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>
    /// The commits since the last call: their rate, and two quantiles of the time from accepting a command to its commit.
    /// </summary>
    /// <param name="now">The time on a monotonic clock.</param>
    /// <returns>Null at the first call. The quantiles are null if nothing was committed.</returns>
    public (double PerSecond, TimeSpan? P50, TimeSpan? P99)? Drain(TimeSpan now)
    {
        var (count, p50, p99) = _durations.Drain();
        var since = now - _drainedAt;
        _drainedAt = now;
        return since is { } time && time > TimeSpan.Zero ? (count / time.TotalSeconds, p50, p99) : null;
    }

    /// <summary>Stops measuring.</summary>
    public void Dispose() => _listener.Dispose();
}
