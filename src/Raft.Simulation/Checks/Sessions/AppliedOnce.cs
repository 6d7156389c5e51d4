using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Sessions;

/// <summary>
/// A command is applied once, however often it arrives: no state machine applies it at another index, and every client that
/// sends it gets that index. The same holds for an idempotency key while the group remembers it.
/// </summary>
internal sealed class AppliedOnce : Check
{
    private readonly Dictionary<object, SortedList<long, Application>> _applied = [];
    private readonly SortedSet<long> _keyed = [];
    private readonly CommandNames _names = new();

    /// <inheritdoc/>
    public override string Name => "applied once";

    /// <inheritdoc/>
    public override string Source => "Raft §8, dissertation §6.3, hazard 20";

    /// <inheritdoc/>
    public override void OnProposalsDelivered(
        ClusterView cluster, NodeView node, string client, IReadOnlyList<Proposal> proposals) =>
        _names.Observe(client, proposals);

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result)
    {
        if (node.Log.TermAt(index) is null || CommandNames.NameOf(node.Log[index].Origin) is not { } name) return;
        Examine();
        if (!_applied.TryGetValue(name, out var known)) _applied.Add(name, known = []);
        if (known.ContainsKey(index.Value)) return;

        var now = new Application(node.Id, node.Log[index].Time);
        var others = known.Where(other => !(name is IdempotencyKey && IsForgotten(cluster, other, (index.Value, now))));
        foreach (var (other, first) in others)
            throw Violated($"{first.Node} applied command {name} at index {other}", $"{node} applied it at index {index}");
        known.Add(index.Value, now);
        if (name is IdempotencyKey) _keyed.Add(index.Value);
    }

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not CommandApplied applied || _names.NameOf(client, reply.RequestId) is not { } name) return;
        Examine();
        if (!_applied.TryGetValue(name, out var known) || !known.ContainsKey(applied.Index.Value))
            throw Violated(
                $"{node} told {client} that command {name} was applied at index {applied.Index}",
                known is null ? "no node has applied it" : $"{known.Values[0].Node} applied it at index {known.Keys[0]}");
    }

    /// <summary>
    /// Whether the group may have forgotten the key between the two attempts, because it was too old, or because it had passed
    /// its guaranteed retention and there were too many other keys.
    /// </summary>
    private bool IsForgotten(ClusterView cluster, KeyValuePair<long, Application> first, (long Index, Application At) second)
    {
        var (from, to) = (Math.Min(first.Key, second.Index), Math.Max(first.Key, second.Index));
        var between = _keyed.Count(index => index > from && index < to);
        var age = (first.Value.Time - second.At.Time).Duration();
        var retention = cluster.Settings.IdempotencyRetention;
        return age >= retention && (age >= cluster.Settings.SessionTimeout || between >= cluster.Settings.MaxSessions);
    }

    private readonly record struct Application(NodeId Node, TimeSpan Time);
}
