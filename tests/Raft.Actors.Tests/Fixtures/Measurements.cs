using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Raft.Actors.Telemetry;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>Collects the measurements of a node's instruments from now on.</summary>
internal sealed class Measurements : IDisposable
{
    private static readonly string[] Everywhere = [RaftTelemetry.GroupTag, RaftTelemetry.NodeTag];

    private readonly ConcurrentQueue<(string Instrument, string Measurement)> _all = new();
    private readonly MeterListener _listener = new();

    public Measurements(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Add(instrument, Math.Round(value, 6), tags));
        _listener.Start();
    }

    /// <summary>
    /// An instrument's measurements so far, oldest first: the value, then the tags that not all measurements have.
    /// </summary>
    public IReadOnlyList<string> Of(string instrument) =>
        [.. _all.Where(m => m.Instrument == instrument).Select(m => m.Measurement)];

    /// <summary>The current value of a gauge.</summary>
    public IReadOnlyList<string> Now(string gauge)
    {
        var before = Of(gauge).Count;
        _listener.RecordObservableInstruments();
        return [.. Of(gauge).Skip(before)];
    }

    public void Dispose() => _listener.Dispose();

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : IFormattable
    {
        var all = tags.ToArray();
        Assert.Equal(["default", "n1"], Everywhere.Select(name => all.Single(tag => tag.Key == name).Value));
        var own = all.ExceptBy(Everywhere, tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}");
        _all.Enqueue((instrument.Name, string.Join(' ', [value.ToString(null, CultureInfo.InvariantCulture), .. own])));
    }
}
