using System.Diagnostics.Metrics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting.Feeds;

/// <summary>
/// Measures what one leader commits, by the histogram <c>raft.commit.duration</c> of the meter <c>Raft.Akka</c>. Nodes that share
/// a process are told apart by their tags.
/// </summary>
internal sealed class CommitMeter : IDisposable
{
    private readonly DurationHistogram _durations = new();
    private readonly MeterListener _listener = new();
    private readonly string _group;
    private readonly string _node;
    private TimeSpan? _taken;

    public CommitMeter(GroupId group, NodeId node)
    {
        _group = group.Value;
        _node = node.Value;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "raft.commit.duration", Meter.Name: "Raft.Akka" }) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => OnCommitted(seconds, tags));
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

    private void OnCommitted(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isOwn = 0;
        foreach (var (name, value) in tags)
        {
            if ((name == "raft.node" && value?.ToString() == _node) || (name == "raft.group" && value?.ToString() == _group)) isOwn++;
        }

        if (isOwn == 2) _durations.Add(TimeSpan.FromSeconds(seconds));
    }
}
