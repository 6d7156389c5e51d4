using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Membership;

/// <summary>
/// What a node without a cluster knows of the others, and its rules. A cluster is founded when all founders of a plan have
/// promised themselves to it on disk, and its planner has noted that on its own. A founder has one promise at a time, and only
/// the planner can drop a plan: so of two plans with a common founder at most one comes true, whatever is lost, late or started
/// again. docs/decisions/012 has the argument. A node that a cluster knows as its member, with another journal, lost its own
/// (docs/decisions/020).
/// </summary>
/// <param name="self">This node.</param>
/// <param name="rule">Who may found a cluster.</param>
/// <param name="patience">How long a node counts as present after it was heard, and how long a planner waits for promises.</param>
internal sealed class BootstrapNegotiation(Incarnation self, BootstrapRule rule, TimeSpan patience)
{
    /// <summary>Nodes and clusters that are taken note of; a multiple of what a cluster can have.</summary>
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

    /// <summary>How many founders a plan must have; 0 where this node founds nothing.</summary>
    public int Expect => rule.IsSuccessor ? 0 : rule.Expect;

    /// <summary>The plan that this node has promised itself to.</summary>
    public BootstrapPlan? Plan { get; private set; }

    /// <summary>A cluster that exists already: then this node founds none.</summary>
    public ClusterExists? Existing { get; private set; }

    /// <summary>Whether this node made the plan that it is promised to.</summary>
    public bool IsPlanner => Plan?.Planner == self;

    /// <summary>Takes note of a node without a cluster. Those that were not heard lately are forgotten; more than a limit are not taken.</summary>
    public void Hear(BootstrapPresence other, TimeSpan now)
    {
        if (!_isPlannerLost && Plan is { } plan && other.From.Node == plan.Planner.Node && other.From != plan.Planner)
        {
            // Who promised before may have heard meanwhile that the cluster is founded: all have to say again that they wait.
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
    /// Takes note of an RPC of a cluster that this node is not promised to. While a leader sends to it, the node founds nothing: it
    /// may be a member whose journal is lost. Who is no member of this node's settings keeps it from nothing.
    /// </summary>
    public void Hear(RaftRpc rpc, TimeSpan now)
    {
        if (rpc is AppendEntries or InstallSnapshot && rule.Knows(rpc.From)) _leader = (rpc.From, rpc.Cluster, now);
    }

    /// <summary>Takes note of a cluster. One of other members than this node's settings name keeps it from nothing.</summary>
    /// <returns>What it makes of this node.</returns>
    public Standing Hear(ClusterExists cluster)
    {
        var named = cluster.Incarnations.FirstOrDefault(i => i.Node == self.Node);
        if (Plan?.Cluster == cluster.Cluster && (named is null || named == self)) return Standing.Participant;
        if (!rule.MayBe(cluster.Voters)) return Standing.Outsider;
        Existing ??= cluster;
        if (!cluster.Voters.Contains(self.Node) || !cluster.Voters.Contains(cluster.From) || cluster.From == self.Node) return Standing.Outsider;
        if (_existing.Count < MaxPresent) _existing.Add((cluster.Cluster, cluster.From));
        return _existing.Count(e => e.Cluster == cluster.Cluster) >= Majority.Of(cluster.Voters.Count - 1)
            ? Standing.MemberWithoutJournal
            : Standing.Outsider;
    }

    /// <summary>Whether it is on this node to make a plan: the founders with the lowest names are there, and it is the first.</summary>
    /// <returns>Who would found the cluster; null where nothing is to be done.</returns>
    public IReadOnlyList<Incarnation>? Participants(TimeSpan now)
    {
        if (Plan is not null || Existing is not null || rule.IsSuccessor || HeardLeader(now) is not null) return null;
        var founders = Counted(now).Append(self).OrderBy(f => f.Node.Value, StringComparer.Ordinal).Take(rule.Expect).ToArray();
        return founders.Length == rule.Expect && founders[0] == self ? founders : null;
    }

    /// <summary>Promises this node to a plan. It must be on disk before anybody hears of it.</summary>
    public void Promise(BootstrapPlan plan, TimeSpan now)
    {
        Plan = plan;
        _plannedAt = now;
        _isPlannerLost = false;
        _promised.Clear();
        _promised.Add(self);
    }

    /// <summary>
    /// Whether this node may promise itself to another's plan: it is free, or promised to it already, or can drop its own plan for
    /// that of a planner with a lower name.
    /// </summary>
    public bool MayPromise(BootstrapPlan plan) =>
        Existing is null && !rule.IsSuccessor && rule.MayFound(plan.Voters) && plan.Participants.Contains(self)
        && (Plan is null || Plan == plan || (IsPlanner && IsLower(plan.Planner)));

    /// <summary>Whether the planner has waited long enough for promises, or a cluster exists already.</summary>
    public bool IsPlanHopeless(TimeSpan now) => IsPlanner && (Existing is not null || HeardLeader(now) is not null || now - _plannedAt > patience);

    /// <summary>
    /// Whether the planner lost its journal, and all other founders say that they still wait for its word: then nobody founded the
    /// cluster who remembers it, and it has committed nothing.
    /// </summary>
    public bool IsPlanLost => _isPlannerLost && !IsPlanner && Plan is { } plan && _promised.Count == plan.Participants.Count - 1;

    /// <summary>Forgets the plan.</summary>
    public void Drop() => Plan = null;

    /// <summary>Takes a founder's promise; one to another plan changes nothing.</summary>
    public void Take(BootstrapPromise promise)
    {
        if (Plan == promise.Plan && Plan.Participants.Contains(promise.From)) _promised.Add(promise.From);
    }

    /// <summary>Whether all founders have given their promise to this planner.</summary>
    public bool IsComplete => IsPlanner && _promised.Count == Plan!.Participants.Count;

    /// <summary>What this node waits for, as a clause for people.</summary>
    public string WaitsFor(TimeSpan now)
    {
        if (Existing is { } cluster) return OutsideOf(cluster);
        if (Plan is { } plan)
        {
            return IsPlanner
                ? $"it waits for the promises of {Names(plan.Participants.Except(_promised))} to found {plan}"
                : $"it is promised to found {plan}, and waits for {plan.Planner} to say that all are";
        }

        if (rule.IsSuccessor)
            return "its journal is lost, so it founds no cluster: it waits until a majority of the other members know theirs";
        if (HeardLeader(now) is { } leader)
            return $"{leader.From} leads cluster {leader.Cluster}, so it founds none, and waits until a member says whether it belongs to it";
        var here = Counted(now).Append(self).ToArray();
        var others = _present.Values.Where(p => p.Message.Expect != rule.Expect && now - p.At <= patience).ToArray();
        var disagree = others.Length == 0
            ? ""
            : $"; {string.Join(" and ", others.Select(p => $"{p.Message.From} expects {p.Message.Expect}"))}, and so does not count";
        return here.Length < rule.Expect
            ? $"it waits until {rule.Sought}, and sees {Names(here)}{disagree}"
            : $"it waits for {Names(here.OrderBy(f => f.Node.Value, StringComparer.Ordinal).Take(1))} to make a plan{disagree}";
    }

    /// <summary>What this node waits for, where that changed since this was last asked; else null.</summary>
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
            ? $"{name}, and this node does not have the data of its member {self}: it waits until a majority of the other members say so"
            : $"{name}, and this node is no member: it waits to be added, and serves nothing until then";
    }

    private IEnumerable<Incarnation> Counted(TimeSpan now) =>
        _present.Values.Where(p => p.Message.Expect == rule.Expect && rule.Knows(p.Message.From.Node) && now - p.At <= patience)
            .Select(p => p.Message.From);

    private (NodeId From, ClusterId Cluster, TimeSpan At)? HeardLeader(TimeSpan now) =>
        _leader is { } leader && now - leader.At <= patience ? leader : null;

    private bool IsLower(Incarnation other) => string.CompareOrdinal(other.Node.Value, self.Node.Value) < 0;

    private static string Names(IEnumerable<Incarnation> founders) =>
        string.Join(", ", founders.Select(f => f.Node.Value).Order(StringComparer.Ordinal));

    private sealed record Presence(BootstrapPresence Message, TimeSpan At);
}
