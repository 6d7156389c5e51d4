using System.Diagnostics;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Telemetry;

/// <summary>
/// Measures one node; it outlives the node's restarts. The node and its state machine call it from their own actors, one line per
/// event. Time comes from the scheduler, so a simulated node reports virtual time.
/// </summary>
internal sealed class NodeTelemetry : IDisposable
{
    private readonly ITimeProvider _clock;
    private readonly NodeInstruments _instruments;
    private readonly KeyValuePair<string, object?> _group;
    private readonly KeyValuePair<string, object?> _node;
    private TimeSpan? _writeBegan;

    /// <param name="scope">The Meter's scope.</param>
    /// <param name="clock">The ActorSystem's scheduler.</param>
    public NodeTelemetry(NodeScope scope, ITimeProvider clock)
    {
        _clock = clock;
        _group = new(RaftTelemetry.GroupTag, scope.Group.Value);
        _node = new(RaftTelemetry.NodeTag, scope.Node.Id.Value);
        Meter = new Meter(new MeterOptions(RaftTelemetry.Name) { Scope = scope });
        _instruments = new NodeInstruments(Meter);
        Gauges = new NodeGauges(Meter, _group, _node);
        Journal = new JournalSpans(this);
    }

    /// <summary>The node's own Meter.</summary>
    public Meter Meter { get; }

    public NodeGauges Gauges { get; }

    public JournalSpans Journal { get; }

    /// <summary>Starts a span of this node.</summary>
    /// <returns>Null if nothing listens, or the trace is not sampled.</returns>
    public Activity? Span(string name, ActivityKind kind, ActivityContext parent) =>
        Spans.Start(name, kind, parent)?.SetTag(_group.Key, _group.Value).SetTag(_node.Key, _node.Value);

    public TimeSpan? CommitBegins() => Begin(_instruments.CommitDuration);

    public void Committed(TimeSpan? since) => End(_instruments.CommitDuration, since);

    public TimeSpan? ApplyBegins() => Begin(_instruments.ApplyDuration);

    public void Applied(TimeSpan? since) => End(_instruments.ApplyDuration, since);

    public TimeSpan? RoundTripBegins() => Begin(_instruments.RoundTrip);

    /// <param name="peer">The peer that answered.</param>
    /// <param name="since">When the message was sent.</param>
    /// <param name="kind"><c>entries</c> or <c>heartbeat</c>.</param>
    public void RoundTripEnds(NodeId peer, TimeSpan? since, string kind)
    {
        if (since is { } start)
        {
            var seconds = (_clock.HighResMonotonicClock - start).TotalSeconds;
            _instruments.RoundTrip.Record(seconds, [_group, _node, Peer(peer), new("raft.append.kind", kind)]);
        }
    }

    public void EntriesSent(NodeId peer, int count) => _instruments.AppendEntries.Record(count, _group, _node, Peer(peer));

    public void ElectionOver(Election outcome) =>
        _instruments.Elections.Add(1, _group, _node, new("raft.outcome", Name(outcome)));

    public void ReadsAccepted(int count) => _instruments.Reads.Add(count, _group, _node);

    /// <param name="reason"><c>overloaded</c> or <c>invalid</c>.</param>
    public void Refused(string reason) => _instruments.Refusals.Add(1, _group, _node, new("raft.reason", reason));

    /// <param name="renewals">How often the connection to each peer was renewed; called when a reader collects.</param>
    public void ObserveLinks(Func<IEnumerable<KeyValuePair<NodeId, long>>> renewals) => Meter.CreateObservableCounter(
        "raft.link.renewals",
        () => renewals().Select(peer => new Measurement<long>(peer.Value, [_group, _node, Peer(peer.Key)])),
        "{renewal}",
        "Renewals of a connection to a peer that was open although no message got through.");

    public void WriteBegins(IReadOnlyList<RaftEvent> events)
    {
        Journal.WriteBegins();
        _writeBegan = Begin(_instruments.WriteDuration);
        if (!_instruments.WriteEntries.Enabled && !_instruments.WriteSize.Enabled) return;
        var appended = events.OfType<EntriesAppended>().SelectMany(e => e.Entries).ToArray();
        _instruments.WriteEntries.Record(appended.Length, _group, _node);
        _instruments.WriteSize.Record(appended.Sum(e => (long)e.EncodedBytes), _group, _node);
    }

    public void WriteEnds()
    {
        Journal.WriteEnds();
        End(_instruments.WriteDuration, _writeBegan);
    }

    /// <summary>The node stops; it may start again.</summary>
    public void NodeStops()
    {
        Gauges.Node = null;
        Journal.Stop();
    }

    public TimeSpan? SnapshotBegins() => Begin(_instruments.SnapshotDuration);

    /// <param name="step">The step: <c>take</c>, <c>save</c>, <c>send</c> or <c>restore</c>.</param>
    /// <param name="since">When it began.</param>
    public void SnapshotEnds(string step, TimeSpan? since)
    {
        if (since is { } start)
        {
            var seconds = (_clock.HighResMonotonicClock - start).TotalSeconds;
            _instruments.SnapshotDuration.Record(seconds, _group, _node, new("raft.snapshot.step", step));
        }
    }

    public void SnapshotSize(long bytes) => _instruments.SnapshotSize.Record(bytes, _group, _node);

    public void SnapshotFailed() => _instruments.SnapshotFailures.Add(1, _group, _node);

    /// <summary>Disposes of the Meter, so listeners drop it.</summary>
    public void Dispose() => Meter.Dispose();

    /// <returns>Null if nothing listens.</returns>
    private TimeSpan? Begin(Instrument instrument) => instrument.Enabled ? _clock.HighResMonotonicClock : null;

    private void End(Histogram<double> duration, TimeSpan? since)
    {
        if (since is { } start) duration.Record((_clock.HighResMonotonicClock - start).TotalSeconds, _group, _node);
    }

    private static KeyValuePair<string, object?> Peer(NodeId peer) => new(RaftTelemetry.PeerTag, peer.Value);

    private static string Name(Election outcome) => outcome switch
    {
        Election.Won => "won",
        Election.Lost => "lost",
        _ => "undecided",
    };
}
