using System.Diagnostics.Metrics;

namespace Raft.Actors.Telemetry;

/// <summary>
/// The counters and histograms of one node; <see cref="NodeGauges"/> has the gauges. Names and units follow OpenTelemetry's
/// conventions: seconds, bytes, and counted things in braces.
/// </summary>
/// <param name="meter">The node's Meter.</param>
internal sealed class NodeInstruments(Meter meter)
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> Counts = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000],
    };

    private static readonly InstrumentAdvice<long> Sizes = new()
    {
        HistogramBucketBoundaries = [64, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24],
    };

    public Counter<long> Elections { get; } =
        meter.CreateCounter<long>("raft.elections", "{election}", "Elections in which the node was a candidate, by outcome.");

    public Counter<long> Reads { get; } =
        meter.CreateCounter<long>("raft.reads", "{read}", "Queries that were sent to the node's state machine.");

    public Counter<long> Refusals { get; } = meter.CreateCounter<long>(
        "raft.proposals.refused", "{proposal}", "Commands that the leader refused, by reason.");

    public Histogram<double> CommitDuration { get; } =
        Duration(meter, "raft.commit.duration", "From accepting a command to its commit, on the leader.");

    public Histogram<double> ApplyDuration { get; } =
        Duration(meter, "raft.apply.duration", "From the commit of a batch of entries until the state machine has applied it.");

    public Histogram<double> WriteDuration { get; } =
        Duration(meter, "raft.journal.write.duration", "Duration of a write to the journal.");

    public Histogram<long> WriteEntries { get; } =
        meter.CreateHistogram("raft.journal.write.entries", "{entry}", "Log entries in a write to the journal.", null, Counts);

    public Histogram<long> WriteSize { get; } =
        meter.CreateHistogram("raft.journal.write.size", "By", "Encoded size of log entries in a journal write.", null, Sizes);

    public Histogram<double> RoundTrip { get; } = Duration(
        meter, "raft.append.round_trip", "From sending AppendEntries to the follower's answer; its entries are on disk then.");

    public Histogram<long> AppendEntries { get; } =
        meter.CreateHistogram("raft.append.entries", "{entry}", "Log entries in a non-empty AppendEntries.", null, Counts);

    public Histogram<double> SnapshotDuration { get; } =
        Duration(meter, "raft.snapshot.duration", "Duration of a step of handling a snapshot, by step.");

    public Histogram<long> SnapshotSize { get; } =
        meter.CreateHistogram("raft.snapshot.size", "By", "Size of a snapshot that was taken or installed.", null, Sizes);

    public Counter<long> SnapshotFailures { get; } = meter.CreateCounter<long>(
        "raft.snapshot.failures", "{snapshot}", "Snapshots that the state machine failed to write.");

    private static Histogram<double> Duration(Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, null, Durations);
}
