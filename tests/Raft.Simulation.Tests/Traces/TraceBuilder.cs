using Raft.Actors.Protocol;
using Raft.Simulation.Traces;

namespace Raft.Simulation.Tests.Traces;

/// <summary>Writes traces by hand: faults first, then what nodes do, in order of time on each node.</summary>
internal sealed class TraceBuilder(params string[] nodes)
{
    private readonly List<TraceEvent> _events = [];
    private readonly Dictionary<string, Node> _nodes = nodes.ToDictionary(n => n, n => new Node(n));
    private readonly List<FaultLasted> _faults = [];
    private readonly List<MachineUpOrDown> _power = [];
    private readonly Random _random = new(4711);

    public IReadOnlyList<string> Nodes { get; } = nodes;

    public Node this[string name] => _nodes[name];

    public void Add(TraceEvent traced)
    {
        _events.Add(traced);
        if (traced is FaultLasted fault) _faults.Add(fault);
        if (traced is MachineUpOrDown power) _power.Add(power);
    }

    public Trace Build(string title, string command, params string[] clients) =>
        new(title, command, Nodes, clients, [.. _events.OrderBy(e => e.At)]);

    public static TimeSpan Ms(double ms) => TimeSpan.FromTicks((long)(ms * TimeSpan.TicksPerMillisecond));

    public void Partition(double from, double to, string[] left, string[] right) => Add(new FaultLasted(
        Ms(from), "", "partition", $"{string.Join(", ", left)} | {string.Join(", ", right)}", Ms(to),
        [.. left.SelectMany(a => right.SelectMany(b => new[] { (a, b), (b, a) }))]));

    public void Crash(double from, double to, string node, string why, string whyUp)
    {
        Add(new MachineUpOrDown(Ms(from), node, false, why));
        Add(new MachineUpOrDown(Ms(to), node, true, whyUp));
    }

    /// <summary>Sends a message; faults that were added before decide its fate. Returns when it arrives, or null.</summary>
    public double? Send(double at, string from, string to, string kind, string detail, bool isLost = false)
    {
        var arrival = at + 4 + (_random.NextDouble() * 16);
        var fate = IsCut(at, from, to) ? MessageFate.Cut
            : isLost || IsPaused(arrival, to) || _random.Next(150) == 0 ? MessageFate.Lost
            : IsDown(arrival, to) ? MessageFate.ReceiverDown
            : MessageFate.Delivered;
        Add(new MessageTraveled(
            Ms(at), from, to, kind, detail, fate == MessageFate.Cut ? null : Ms(arrival), fate));
        return fate == MessageFate.Delivered ? arrival : null;
    }

    /// <summary>Changes a node and records its new state.</summary>
    public void Change(double at, string name, Action<Node> change)
    {
        var node = _nodes[name];
        var before = node.Entries.ToList();
        change(node);
        var kept = before.Zip(node.Entries).TakeWhile(pair => pair.First == pair.Second).Count();
        Add(new NodeChanged(
            Ms(at), name, node.Role, node.Term, node.VotedFor, node.Leader, node.Commit, node.Commit, node.Durable, kept,
            [.. node.Entries.Skip(kept)]));
    }

    /// <summary>An election: the node requests votes from all; the named nodes grant them, the others deny them.</summary>
    public void Elect(double at, string candidate, long term, params string[] voters)
    {
        Change(at, candidate, n => n.Begin(RaftRole.Candidate, term, candidate));
        var last = this[candidate].Entries.LastOrDefault();
        var votes = new List<double>();
        foreach (var peer in Nodes.Where(n => n != candidate))
        {
            var asked = Send(at, candidate, peer, "RequestVote", $"term {term}, last entry {last?.Index ?? 0}/{last?.Term ?? 0}");
            if (asked is not { } heard) continue;
            var isGranted = voters.Contains(peer);
            Change(heard, peer, n => n.Begin(RaftRole.Follower, term, isGranted ? candidate : null));
            var answered = isGranted
                ? Send(heard + 1, peer, candidate, "VoteGranted", $"term {term}")
                : Send(heard, peer, candidate, "VoteDenied", $"term {term}, its log is behind");
            if (isGranted && answered is { } granted) votes.Add(granted);
        }

        if (votes.Count < Nodes.Count / 2) return;
        var won = votes.Order().ElementAt((Nodes.Count / 2) - 1);
        Change(won, candidate, n => n.Lead());
        Replicate(won, candidate, "no-op");
    }

    /// <summary>The leader appends an entry and sends it to all; returns when it is committed, or null.</summary>
    public double? Replicate(double at, string leader, string text, params string[] losing)
    {
        var me = this[leader];
        var entry = new TracedEntry(me.Entries.Count + 1, me.Term, text);
        Change(at, leader, n => n.Entries.Add(entry));
        Change(at + 2, leader, n => n.Durable = n.Entries.Count);
        var previous = me.Entries.Count > 1 ? me.Entries[^2] : null;
        var after = $"{previous?.Index ?? 0}/{previous?.Term ?? 0}";
        var acks = new List<double>();
        foreach (var peer in Nodes.Where(n => n != leader))
        {
            var sent = Send(at, leader, peer, "AppendEntries", $"term {me.Term}, after {after}, 1 entry, commit {me.Commit}",
                losing.Contains(peer));
            if (sent is not { } heard || this[peer].Term > me.Term) continue;
            if (Follow(heard, peer, me, entry.Index) is { } ack) acks.Add(ack);
        }

        if (acks.Count < Nodes.Count / 2) return null;
        var committed = acks.Order().ElementAt((Nodes.Count / 2) - 1);
        Change(committed, leader, n => n.Commit = entry.Index);
        return committed;
    }

    /// <summary>The leader sends empty AppendEntries for a while, and the followers answer.</summary>
    public void Beat(double from, double to, string leader, double every = 100)
    {
        var me = this[leader];
        for (var at = from; at < to && !IsDown(at, leader); at += every)
        {
            foreach (var peer in Nodes.Where(n => n != leader))
            {
                var last = me.Entries[^1];
                var sent = Send(at, leader, peer, "AppendEntries",
                    $"term {me.Term}, after {last.Index}/{last.Term}, 0 entries, commit {me.Commit}");
                if (sent is not { } heard) continue;
                if (this[peer].Commit != me.Commit && this[peer].Entries.Count >= me.Commit && this[peer].Term == me.Term)
                    Change(heard, peer, n => n.Commit = me.Commit);
                Send(heard, peer, leader, "AppendAccepted", $"term {me.Term}, up to {last.Index}, round {(int)(at / every)}");
            }
        }
    }

    private double? Follow(double at, string peer, Node leader, long upTo)
    {
        Change(at, peer, n =>
        {
            n.Begin(RaftRole.Follower, leader.Term, n.Term == leader.Term ? n.VotedFor : null);
            n.Leader = leader.Name;
            var kept = n.Entries.Zip(leader.Entries).TakeWhile(pair => pair.First == pair.Second).Count();
            n.Entries.RemoveRange(kept, n.Entries.Count - kept);
            n.Entries.AddRange(leader.Entries.Skip(kept).Take((int)upTo - kept));
            n.Durable = Math.Min(n.Durable, kept);
            n.Commit = Math.Max(n.Commit, Math.Min(leader.Commit, n.Entries.Count));
        });
        Change(at + 3, peer, n => n.Durable = n.Entries.Count);
        return Send(at + 3, peer, leader.Name, "AppendAccepted", $"term {leader.Term}, up to {upTo}");
    }

    private bool IsCut(double at, string from, string to) => _faults
        .Any(f => f.At <= Ms(at) && Ms(at) < f.Until && f.CutLinks.Contains((from, to)));

    private bool IsPaused(double at, string node) => _faults
        .Any(f => f.Kind == "pause" && f.Machine == node && f.At <= Ms(at) && Ms(at) < f.Until);

    private bool IsDown(double at, string node) =>
        _power.LastOrDefault(e => e.Machine == node && e.At <= Ms(at)) is { IsUp: false };

    /// <summary>The state of a node.</summary>
    internal sealed class Node(string name)
    {
        public string Name { get; } = name;

        public RaftRole Role { get; private set; }

        public long Term { get; private set; }

        public string? VotedFor { get; private set; }

        public string? Leader { get; set; }

        public long Commit { get; set; }

        public long Durable { get; set; }

        public List<TracedEntry> Entries { get; } = [];

        public void Begin(RaftRole role, long term, string? vote)
        {
            (Role, Leader) = (role, term == Term ? Leader : null);
            (Term, VotedFor) = (term, vote);
        }

        public void Lead() => (Role, Leader) = (RaftRole.Leader, Name);
    }
}
