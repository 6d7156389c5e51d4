using System.Diagnostics.Metrics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>
/// A node's state as it is asked for. The actor publishes what it is, reader threads take the newest: neither waits for the
/// other, and a node that has stopped is silent.
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
        Observe(meter, "raft.applied.index", "{entry}", "Last index that its state machine applied.", n => n.LastApplied.Value);
        Observe(meter, "raft.log.last_index", "{entry}", "Index of its last entry.", n => n.LastIndex.Value);
        meter.CreateObservableGauge(
            "raft.queue.length", ReadQueues, "{item}", "What waits in the node, by queue, and on its way to a peer.");
        meter.CreateObservableGauge(
            "raft.peer.lag", () => PerPeer(peer => peer.Lag), "{entry}", "Entries of the leader's log that a peer lacks.");
        meter.CreateObservableGauge(
            "raft.peer.stalled",
            () => PerPeer(peer => (long)peer.Stalled.TotalSeconds),
            "s",
            "For how long a peer has lacked committed entries and got none, whether it answers or not.");
    }

    /// <summary>Whether anybody listens.</summary>
    public bool AreRead => _role.Enabled;

    /// <summary>The node as it is now; null where it has stopped.</summary>
    public NodeReading? Node
    {
        set
        {
            Volatile.Write(ref _node, value);
            if (value is not { Role: RaftRole.Leader }) Leader = null;
        }
    }

    /// <summary>What it knows as a leader; null where it does not lead.</summary>
    public LeaderReading? Leader
    {
        set => Volatile.Write(ref _leader, value);
    }

    private ObservableGauge<long> Observe(Meter meter, string name, string? unit, string description, Func<NodeReading, long> value) =>
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

/// <summary>What a leader knows at one moment.</summary>
/// <param name="Proposals">Commands taken and not applied.</param>
/// <param name="Reads">Linearizable reads that are not confirmed.</param>
/// <param name="Peers">Its followers.</param>
internal sealed record LeaderReading(int Proposals, int Reads, IReadOnlyList<PeerReading> Peers);

/// <summary>What a leader knows of one follower at one moment.</summary>
/// <param name="Peer">The follower.</param>
/// <param name="Inflight">Appends on their way.</param>
/// <param name="Lag">Entries of the leader's log that are not known to be on its disk.</param>
/// <param name="Stalled">For how long it has lacked committed entries and got none.</param>
internal readonly record struct PeerReading(NodeId Peer, int Inflight, long Lag, TimeSpan Stalled);
