using System.Diagnostics.Metrics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// A node's gauges. The actor publishes its newest state and reader threads take it, so neither waits for the other. A stopped
/// node reports nothing.
/// </summary>
internal sealed class NodeGauges
{
    private readonly KeyValuePair<string, object?>[] _own;
    private NodeReading? _node;
    private readonly ObservableGauge<long> _role;
    private LeaderReading? _leader;

    /// <param name="meter">The node's Meter.</param>
    /// <param name="own">Tags of every measurement.</param>
    public NodeGauges(Meter meter, params KeyValuePair<string, object?>[] own)
    {
        _own = own;
        _role = Observe(meter, "raft.role", null, "0 follower, 1 candidate, 2 leader.", node => (long)node.Role);
        Observe(meter, "raft.term", "{term}", "The node's current term.", node => node.Term.Value);
        Observe(meter, "raft.commit.index", "{entry}", "Last index known to be committed.", n => n.CommitIndex.Value);
        Observe(meter, "raft.applied.index", "{entry}", "Last index that the state machine applied.", n => n.LastApplied.Value);
        Observe(meter, "raft.log.last_index", "{entry}", "Index of the last entry in its log.", n => n.LastIndex.Value);
        meter.CreateObservableGauge(
            "raft.queue.length", ReadQueues, "{item}", "Items that wait in the node, by queue, and appends in flight by peer.");
        meter.CreateObservableGauge(
            "raft.peer.lag", () => PerPeer(peer => peer.Lag), "{entry}", "Entries of the leader's log that the peer lacks.");
        meter.CreateObservableGauge(
            "raft.peer.stalled",
            () => PerPeer(peer => (long)peer.Stalled.TotalSeconds),
            "s",
            "How long the peer has lacked committed entries without receiving any, whether it answers or not.");
    }

    /// <summary>Whether anything listens.</summary>
    public bool AreRead => _role.Enabled;

    /// <summary>The node's newest state; null if it has stopped.</summary>
    public NodeReading? Node
    {
        set
        {
            Volatile.Write(ref _node, value);
            if (value is not { Role: RaftRole.Leader }) Leader = null;
        }
    }

    /// <summary>The leader's newest state; null if the node does not lead.</summary>
    public LeaderReading? Leader
    {
        set => Volatile.Write(ref _leader, value);
    }

    private ObservableGauge<long> Observe(
        Meter meter, string name, string? unit, string description, Func<NodeReading, long> value) =>
        meter.CreateObservableGauge(
            name,
            () => Volatile.Read(ref _node) is { } node ? new Measurement<long>[] { new(value(node), _own) } : [],
            unit,
            description);

    private IEnumerable<Measurement<long>> ReadQueues()
    {
        if (Volatile.Read(ref _node) is not { } node) return [];
        var own = new List<Measurement<long>>
        {
            Queue("unwritten", node.Unwritten),
            Queue("unapplied", node.CommitIndex.Value - node.LastApplied.Value),
            Queue("queries", node.Queries),
        };
        if (Volatile.Read(ref _leader) is { } leader)
        {
            own.Add(Queue("proposals", leader.Proposals));
            own.Add(Queue("reads", leader.Reads));
            own.AddRange(PerPeer(peer => peer.Inflight, new KeyValuePair<string, object?>("raft.queue", "inflight")));
        }

        return own;
    }

    private Measurement<long> Queue(string name, long length) => new(length, [.. _own, new("raft.queue", name)]);

    private IEnumerable<Measurement<long>> PerPeer(
        Func<PeerReading, long> value, params KeyValuePair<string, object?>[] tags) =>
        from peer in Volatile.Read(ref _leader)?.Peers ?? []
        select new Measurement<long>(value(peer), [.. _own, .. tags, new(RaftTelemetry.PeerTag, peer.Peer.Value)]);
}

/// <summary>A node's state at one moment.</summary>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="CommitIndex">Last index known to be committed.</param>
/// <param name="LastApplied">Last index applied.</param>
/// <param name="LastIndex">Index of its last entry.</param>
/// <param name="Unwritten">Changes that are not on disk yet.</param>
/// <param name="Queries">Queries that its state machine has not answered.</param>
internal sealed record NodeReading(
    RaftRole Role, Term Term, LogIndex CommitIndex, LogIndex LastApplied, LogIndex LastIndex, long Unwritten, int Queries);

/// <summary>A leader's state at one moment.</summary>
/// <param name="Proposals">Accepted commands that are not applied.</param>
/// <param name="Reads">Linearizable reads that are not confirmed.</param>
/// <param name="Peers">The state of its followers.</param>
internal sealed record LeaderReading(int Proposals, int Reads, IReadOnlyList<PeerReading> Peers);

/// <summary>A leader's view of one follower at one moment.</summary>
/// <param name="Peer">The follower.</param>
/// <param name="Inflight">Appends that are not answered.</param>
/// <param name="Lag">Entries of the leader's log that are not known to be on the follower's disk.</param>
/// <param name="Stalled">How long the follower has lacked committed entries without receiving any.</param>
internal readonly record struct PeerReading(NodeId Peer, int Inflight, long Lag, TimeSpan Stalled);
