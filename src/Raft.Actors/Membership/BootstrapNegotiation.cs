using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Membership;

/// <summary>
/// The bootstrap negotiation of a node without a cluster: what it knows of the other nodes, and the rules. A cluster is
/// bootstrapped when all participants of a plan have their promise to join it on disk, and the planner has recorded that on its
/// own disk. A participant has one promise at a time, and only the planner can drop a plan. So of two plans with a common
/// participant at most one succeeds, whatever is lost, late or restarted; docs/decisions/012 has the proof. A node that finds a
/// cluster which knows it as a member with another journal has lost that journal (docs/decisions/020).
/// </summary>
/// <param name="self">This node.</param>
/// <param name="rule">Which nodes may bootstrap a cluster.</param>
/// <param name="patience">How long a node counts as present after its last message, and how long a planner waits for
/// promises.</param>
internal sealed class BootstrapNegotiation(Incarnation self, BootstrapRule rule, TimeSpan patience)
{
    /// <summary>The maximum number of nodes and clusters that are remembered; a multiple of the size of any cluster.</summary>
    private const int MaxPresent = 64;

    private readonly SortedDictionary<string, Presence> _present = new(StringComparer.Ordinal);
    private readonly HashSet<Incarnation> _promised = [];
    private readonly HashSet<(ClusterId Cluster, NodeId From)> _existing = [];
    private TimeSpan _plannedAt;
    private bool _isPlannerLost;
    private (NodeId From, ClusterId Cluster, TimeSpan At)? _leader;
    private string? _told;

    /// <summary>This node.</summary>
    public Incarnation Self => self;

    /// <summary>How many participants a plan must have; 0 if this node takes no part in bootstrapping.</summary>
    public int Expect => rule.IsSuccessor ? 0 : rule.Expect;

    /// <summary>The plan that this node has promised to join.</summary>
    public BootstrapPlan? Plan { get; private set; }

    /// <summary>A cluster that exists already; if there is one, this node bootstraps none.</summary>
    public ClusterExists? Existing { get; private set; }

    /// <summary>Whether this node made the plan that it has promised to join.</summary>
    public bool IsPlanner => Plan?.Planner == self;

    /// <summary>Records a node without a cluster and forgets nodes that have been silent for too long.</summary>
    public void Record(BootstrapPresence other, TimeSpan now)
    {
        if (!_isPlannerLost && Plan is { } plan && other.From.Node == plan.Planner.Node && other.From != plan.Planner)
        {
            // A participant that promised earlier may have learned meanwhile that the cluster exists. Each has to confirm that it
            // still waits.
            _isPlannerLost = true;
            _promised.Clear();
            _promised.Add(self);
        }

        foreach (var (name, presence) in _present.ToArray())
        {
            if (now - presence.At > patience) _present.Remove(name);
        }

        var from = other.From.Node.Value;
        if (_present.Count < MaxPresent || _present.ContainsKey(from)) _present[from] = new Presence(other, now);
    }

    /// <summary>
    /// Records an RPC of a cluster that this node has not promised to join. While it receives a leader's messages, this node
    /// bootstraps no cluster, because it may be a member whose journal is lost. Nodes that are not in <c>raft.members</c> are
    /// ignored.
    /// </summary>
    public void Record(RaftRpc rpc, TimeSpan now)
    {
        if (rpc is AppendEntries or InstallSnapshot && rule.Knows(rpc.From)) _leader = (rpc.From, rpc.Cluster, now);
    }

    /// <summary>Records a cluster. A cluster whose members differ from <c>raft.members</c> is ignored.</summary>
    /// <returns>This node's standing in that cluster.</returns>
    public Standing Record(ClusterExists cluster)
    {
        var named = cluster.Incarnations.FirstOrDefault(i => i.Node == self.Node);
        if (Plan?.Cluster == cluster.Cluster && (named is null || named == self)) return Standing.Participant;
        if (!rule.MayBe(cluster.Voters)) return Standing.Outsider;
        Existing ??= cluster;
        if (!cluster.Voters.Contains(self.Node) || !cluster.Voters.Contains(cluster.From) || cluster.From == self.Node)
            return Standing.Outsider;
        if (_existing.Count < MaxPresent) _existing.Add((cluster.Cluster, cluster.From));
        return _existing.Count(e => e.Cluster == cluster.Cluster) >= Majority.Of(cluster.Voters.Count - 1)
            ? Standing.MemberWithoutJournal
            : Standing.Outsider;
    }

    /// <summary>
    /// The participants of a plan that this node should make, because enough nodes are present and it has the lowest name.
    /// </summary>
    /// <returns>Null if this node should make no plan.</returns>
    public IReadOnlyList<Incarnation>? Participants(TimeSpan now)
    {
        if (Plan is not null || Existing is not null || rule.IsSuccessor || HeardLeader(now) is not null) return null;
        var lowest = Counted(now).Append(self).OrderBy(p => p.Node.Value, StringComparer.Ordinal).Take(rule.Expect).ToArray();
        return lowest.Length == rule.Expect && lowest[0] == self ? lowest : null;
    }

    /// <summary>Promises to join a plan. The promise must be on disk before another node learns of it.</summary>
    public void Promise(BootstrapPlan plan, TimeSpan now)
    {
        Plan = plan;
        _plannedAt = now;
        _isPlannerLost = false;
        _promised.Clear();
        _promised.Add(self);
    }

    /// <summary>
    /// Whether this node may promise to join another node's plan: it has no plan, it has promised to join this plan already, or
    /// it can drop its own plan because the other planner has a lower name.
    /// </summary>
    public bool MayPromise(BootstrapPlan plan) =>
        Existing is null && !rule.IsSuccessor && rule.MayBootstrap(plan.Voters) && plan.Participants.Contains(self)
        && (Plan is null || Plan == plan || (IsPlanner && IsLower(plan.Planner)));

    /// <summary>Whether the planner has waited long enough for promises, or a cluster exists already.</summary>
    public bool IsPlanHopeless(TimeSpan now) =>
        IsPlanner && (Existing is not null || HeardLeader(now) is not null || now - _plannedAt > patience);

    /// <summary>
    /// Whether the planner lost its journal and all other participants confirm that they still wait for it. Then no node that
    /// remembers the cluster has bootstrapped it, and the cluster has committed nothing.
    /// </summary>
    public bool IsPlanLost => _isPlannerLost && !IsPlanner && Plan is { } plan && _promised.Count == plan.Participants.Count - 1;

    /// <summary>Drops the plan.</summary>
    public void Drop() => Plan = null;

    /// <summary>Records a participant's promise; a promise to join another plan is ignored.</summary>
    public void Record(BootstrapPromise promise)
    {
        if (Plan == promise.Plan && Plan.Participants.Contains(promise.From)) _promised.Add(promise.From);
    }

    /// <summary>Whether this node is the planner and all participants have promised.</summary>
    public bool IsComplete => IsPlanner && _promised.Count == Plan!.Participants.Count;

    /// <summary>What this node waits for, as a clause for log lines and messages.</summary>
    public string WaitsFor(TimeSpan now)
    {
        if (Existing is { } cluster) return OutsideOf(cluster);
        if (Plan is { } plan)
        {
            return IsPlanner
                ? $"it waits for the promises of {Names(plan.Participants.Except(_promised))} to bootstrap {plan}"
                : $"it has promised to bootstrap {plan}, and waits for {plan.Planner} to say that all have";
        }

        if (rule.IsSuccessor)
            return "its journal is lost, so it bootstraps no cluster: it waits until a majority of the other members know theirs";
        if (HeardLeader(now) is { } leader)
        {
            return $"{leader.From} leads cluster {leader.Cluster}, so it bootstraps none, and waits until a member says "
                + "whether it belongs to it";
        }

        var here = Counted(now).Append(self).ToArray();
        var others = _present.Values.Where(p => p.Message.Expect != rule.Expect && now - p.At <= patience).ToArray();
        var expectations = string.Join(" and ", others.Select(p => $"{p.Message.From} expects {p.Message.Expect}"));
        var disagree = others.Length == 0 ? "" : $"; {expectations}, and so does not count";
        return here.Length < rule.Expect
            ? $"it waits until {rule.Sought}, and sees {Names(here)}{disagree}"
            : $"it waits for {Names(here.OrderBy(p => p.Node.Value, StringComparer.Ordinal).Take(1))} to make a plan{disagree}";
    }

    /// <summary>What this node waits for, if that changed since the last call; otherwise null.</summary>
    public string? News(TimeSpan now)
    {
        var waitsFor = WaitsFor(now);
        if (waitsFor == _told) return null;
        return _told = waitsFor;
    }

    private string OutsideOf(ClusterExists cluster)
    {
        var name = $"cluster {cluster.Cluster} of {string.Join(", ", cluster.Voters)} exists already";
        return cluster.Voters.Contains(self.Node)
            ? $"{name}, and this node does not have the data of its member {self}: it waits until a majority of the other "
                + "members say so"
            : $"{name}, and this node is no member: it waits to be added, and serves nothing until then";
    }

    private IEnumerable<Incarnation> Counted(TimeSpan now) =>
        _present.Values.Where(p => p.Message.Expect == rule.Expect && rule.Knows(p.Message.From.Node) && now - p.At <= patience)
            .Select(p => p.Message.From);

    private (NodeId From, ClusterId Cluster, TimeSpan At)? HeardLeader(TimeSpan now) =>
        _leader is { } leader && now - leader.At <= patience ? leader : null;

    private bool IsLower(Incarnation other) => string.CompareOrdinal(other.Node.Value, self.Node.Value) < 0;

    private static string Names(IEnumerable<Incarnation> nodes) =>
        string.Join(", ", nodes.Select(n => n.Node.Value).Order(StringComparer.Ordinal));

    private sealed record Presence(BootstrapPresence Message, TimeSpan At);
}
