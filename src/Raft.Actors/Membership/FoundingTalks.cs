using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// What a node without a cluster knows of the others, and its rules. A cluster is founded when all founders of a plan have
/// promised themselves to it on disk, and its planner has noted that on its own. A founder has one promise at a time, and only
/// the planner can drop a plan: so of two plans with a common founder at most one comes true, whatever is lost, late or started
/// again. docs/decisions/012 has the argument.
/// </summary>
/// <param name="self">This node.</param>
/// <param name="expect">How many founders a plan must have.</param>
/// <param name="patience">How long a node counts as present after it was heard, and how long a planner waits for promises.</param>
internal sealed class FoundingTalks(Founder self, int expect, TimeSpan patience)
{
    /// <summary>Nodes that are taken note of; a multiple of what a cluster can have.</summary>
    private const int MaxPresent = 64;

    private readonly SortedDictionary<string, Presence> _present = new(StringComparer.Ordinal);
    private readonly HashSet<Founder> _promised = [];
    private TimeSpan _plannedAt;

    /// <summary>This node.</summary>
    public Founder Self => self;

    /// <summary>How many founders a plan must have.</summary>
    public int Expect => expect;

    /// <summary>The plan that this node has promised itself to.</summary>
    public FoundingPlan? Plan { get; private set; }

    /// <summary>A cluster that exists already: then this node founds none.</summary>
    public ClusterExists? Existing { get; private set; }

    /// <summary>Whether this node made the plan that it is promised to.</summary>
    public bool IsPlanner => Plan?.Planner == self;

    /// <summary>Takes note of a node without a cluster. Those that were not heard lately are forgotten; more than a limit are not taken.</summary>
    public void Hear(FounderPresent other, TimeSpan now)
    {
        foreach (var (name, presence) in _present.ToArray())
        {
            if (now - presence.At > patience) _present.Remove(name);
        }

        var from = other.From.Node.Value;
        if (_present.Count < MaxPresent || _present.ContainsKey(from)) _present[from] = new Presence(other, now);
    }

    /// <summary>Takes note of a cluster.</summary>
    /// <returns>Whether it is the one that this node is promised to, so that it belongs to it now.</returns>
    public bool Hear(ClusterExists cluster)
    {
        if (Plan?.Cluster == cluster.Cluster) return true;
        Existing ??= cluster;
        return false;
    }

    /// <summary>Whether it is on this node to make a plan: the founders with the lowest names are there, and it is the first.</summary>
    /// <returns>Who would found the cluster; null where nothing is to be done.</returns>
    public IReadOnlyList<Founder>? Founders(TimeSpan now)
    {
        if (Plan is not null || Existing is not null) return null;
        var founders = Counted(now).Append(self).OrderBy(f => f.Node.Value, StringComparer.Ordinal).Take(expect).ToArray();
        return founders.Length == expect && founders[0] == self ? founders : null;
    }

    /// <summary>Promises this node to a plan. It must be on disk before anybody hears of it.</summary>
    public void Promise(FoundingPlan plan, TimeSpan now)
    {
        Plan = plan;
        _plannedAt = now;
        _promised.Clear();
        _promised.Add(self);
    }

    /// <summary>
    /// Whether this node may promise itself to another's plan: it is free, or promised to it already, or can drop its own plan for
    /// that of a planner with a lower name.
    /// </summary>
    public bool MayPromise(FoundingPlan plan) =>
        Existing is null && plan.Founders.Count == expect && plan.Founders.Contains(self)
        && (Plan is null || Plan == plan || (IsPlanner && IsLower(plan.Planner)));

    /// <summary>Whether the planner has waited long enough for promises, or a cluster exists already.</summary>
    public bool IsPlanHopeless(TimeSpan now) => IsPlanner && (Existing is not null || now - _plannedAt > patience);

    /// <summary>Forgets the plan.</summary>
    public void Drop() => Plan = null;

    /// <summary>Takes a founder's promise; one to another plan changes nothing.</summary>
    public void Take(FoundingPromise promise)
    {
        if (IsPlanner && Plan == promise.Plan && Plan.Founders.Contains(promise.From)) _promised.Add(promise.From);
    }

    /// <summary>Whether all founders have given their promise to this planner.</summary>
    public bool IsComplete => IsPlanner && _promised.Count == expect;

    /// <summary>What this node waits for, as a clause for people.</summary>
    public string WaitsFor(TimeSpan now)
    {
        if (Existing is { } cluster) return OutsideOf(cluster);
        if (Plan is { } plan)
        {
            return IsPlanner
                ? $"it waits for the promises of {Names(plan.Founders.Except(_promised))} to found {plan}"
                : $"it is promised to found {plan}, and waits for {plan.Planner} to say that all are. If the data of "
                  + $"{plan.Planner} is lost for ever, delete that of {self}: nothing is in it yet";
        }

        var here = Counted(now).Append(self).ToArray();
        var others = _present.Values.Where(p => p.Message.Expect != expect && now - p.At <= patience).ToArray();
        var disagree = others.Length == 0
            ? ""
            : $"; {string.Join(" and ", others.Select(p => $"{p.Message.From} expects {p.Message.Expect}"))}, and so does not count";
        return here.Length < expect
            ? $"it waits until {expect} nodes without a cluster see each other, and sees {Names(here)}{disagree}"
            : $"it waits for {Names(here.OrderBy(f => f.Node.Value, StringComparer.Ordinal).Take(1))} to make a plan{disagree}";
    }

    private string OutsideOf(ClusterExists cluster)
    {
        var name = $"cluster {cluster.Cluster} of {string.Join(", ", cluster.Voters)} exists already";
        return cluster.Voters.Contains(self.Node)
            ? $"{name}, and this node does not have the data of its member {self}: restore it, or give this node another name"
            : $"{name}, and this node is no member: it waits to be added, and serves nothing until then";
    }

    private IEnumerable<Founder> Counted(TimeSpan now) =>
        _present.Values.Where(p => p.Message.Expect == expect && now - p.At <= patience).Select(p => p.Message.From);

    private bool IsLower(Founder other) => string.CompareOrdinal(other.Node.Value, self.Node.Value) < 0;

    private static string Names(IEnumerable<Founder> founders) =>
        string.Join(", ", founders.Select(f => f.Node.Value).Order(StringComparer.Ordinal));

    private sealed record Presence(FounderPresent Message, TimeSpan At);
}
