using System.IO.Hashing;
using System.Text;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Clusters;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

/// <summary>
/// A run that a test writes by hand, observed by one check: nodes n1, n2 … whose state, log and disk do what the test says,
/// whether it is possible or not.
/// </summary>
internal sealed class CheckedRun
{
    private readonly Check _check;
    private readonly long _examinedAtStart;

    public CheckedRun(
        Check check, int nodes = 3, bool isStarted = true, string hocon = "", string? avoids = null, bool isWithoutFaults = false)
    {
        _check = check;
        var ids = Enumerable.Range(1, nodes).Select(n => new NodeId($"n{n}")).ToArray();
        var members = string.Join(", ", ids.Select(id => $"\"{id}={id}:4053\""));
        var settings = new RaftSettings(ConfigurationFactory
            .ParseString($$"""
                raft.node-id = n1
                raft.members = [{{members}}]
                raft.election-timeout-min = 200ms
                raft.election-timeout-max = 400ms
                raft.heartbeat-interval = 50ms
                akka.remote.dot-netty.tcp.maximum-frame-size = 1MiB
                {{hocon}}
                """)
            .WithFallback(RaftConfig.Reference));
        Cluster = new ClusterView([.. ids.Select(id => View(id, avoids))], settings) { IsWithoutFaults = isWithoutFaults };
        for (var n = 1; isStarted && n <= nodes; n++) Start(n);
        _examinedAtStart = check.Examined;
    }

    public ClusterView Cluster { get; }

    /// <summary>The number of times that the check had something to check since all nodes were started.</summary>
    public long Examined => _check.Examined - _examinedAtStart;

    public NodeView this[int node] => Cluster.Nodes[node - 1];

    public static NodeId Id(int node) => new($"n{node}");

    public static LogEntry Entry(long index, long term, string command = "x") =>
        new(new LogIndex(index), new Term(term), EntryKind.Command, Bytes(command));

    /// <summary>Entries of these terms, from index 1 on.</summary>
    public static LogEntry[] Entries(params long[] terms) => [.. terms.Select((term, i) => Entry(i + 1, term))];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A command or result as it appears in contradictions.</summary>
    public static string Hash(string text) => $"{XxHash3.HashToUInt64(Bytes(text)):x16}";

    public void Invoke(Operation operation) => _check.OnInvoked(operation);

    /// <summary>Completes the operation at this index.</summary>
    public void Return(Operation operation, long index, OperationOutcome outcome = OperationOutcome.Done)
    {
        (operation.Outcome, operation.Index) = (outcome, index);
        _check.OnReturned(operation);
    }

    private static NodeView View(NodeId id, string? avoids) => new(id)
    {
        Preference = id.Value == avoids ? LeadershipPreference.Avoid : LeadershipPreference.Neutral,
    };

    public void At(double milliseconds) => Cluster.Now = TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Starts the node with the contents of its disk.</summary>
    public void Start(int node)
    {
        var view = this[node];
        view.Log = new();
        if (view.Disk.Log.LastIndex > LogIndex.Zero)
            view.Log.Append(view.Disk.Log.Range(new LogIndex(1), view.Disk.Log.LastIndex));
        Start(node, s => s with
        {
            Role = RaftRole.Follower,
            Term = view.Disk.Term,
            VotedFor = view.Disk.VotedFor,
            Leader = null,
            CommitIndex = LogIndex.Zero,
            LastApplied = LogIndex.Zero,
            DurableIndex = view.Log.LastIndex,
        });
    }

    /// <summary>Starts the node with its current log and with this state.</summary>
    public void Start(int node, Func<NodeState, NodeState> state) => Change(
        node,
        s => state(s with { Incarnation = s.Incarnation + 1, IsRunning = true }),
        this[node].Log.LastIndex > LogIndex.Zero ? 1 : null);

    public void Stop(int node) => Change(node, s => s with { IsRunning = false });

    public void Change(int node, Func<NodeState, NodeState> change, long? firstChanged = null)
    {
        var view = this[node];
        var before = view.State;
        view.State = change(before) with { LastIndex = view.Log.LastIndex, LastTerm = view.Log.LastTerm };
        _check.OnNodeChanged(Cluster, new NodeChange(
            view, before, firstChanged is { } index ? new LogIndex(index) : null));
    }

    public void Campaign(int node, long term) => Change(node, s => s with
    {
        Role = RaftRole.Candidate,
        Term = new Term(term),
        VotedFor = Id(node),
        Leader = null,
    });

    public void Lead(int node, long term) => Change(node, s => s with
    {
        Role = RaftRole.Leader,
        Term = new Term(term),
        VotedFor = Id(node),
        Leader = Id(node),
    });

    public void Follow(int node, long term, int? leader = null) => Change(node, s => s with
    {
        Role = RaftRole.Follower,
        VotedFor = s.Term == new Term(term) ? s.VotedFor : null,
        Term = new Term(term),
        Leader = leader is { } id ? Id(id) : null,
    });

    public void Vote(int node, long term, int candidate) => Change(node, s => s with
    {
        Role = RaftRole.Follower,
        Term = new Term(term),
        VotedFor = Id(candidate),
        Leader = null,
    });

    public void Commit(int node, long index) => Change(node, s => s with { CommitIndex = new LogIndex(index) });

    /// <summary>Appends entries in memory.</summary>
    public void Append(int node, params LogEntry[] entries)
    {
        this[node].Log.Append(entries);
        Change(node, s => s, entries[0].Index.Value);
    }

    /// <summary>Removes entries in memory and appends others in the same step.</summary>
    public void Replace(int node, long from, params LogEntry[] entries)
    {
        this[node].Log.TruncateFrom(new LogIndex(from));
        this[node].Log.Append(entries);
        Change(node, s => s, from);
    }

    /// <summary>Puts entries in memory and on disk, and the node knows it.</summary>
    public void Hold(int node, params LogEntry[] entries)
    {
        Append(node, entries);
        Write(node, new EntriesAppended(entries));
        Change(node, s => s with { DurableIndex = this[node].Log.LastIndex });
    }

    public void Write(int node, params RaftEvent[] events)
    {
        foreach (var e in events) this[node].Disk.Replay(e, new CommittedLog().EndAt);
        _check.OnWritten(Cluster, this[node], events);
    }

    /// <summary>Shows the check events that no disk would replay.</summary>
    public void WriteNonsense(int node, params RaftEvent[] events) => _check.OnWritten(Cluster, this[node], events);

    /// <summary>Puts term and vote on the disk.</summary>
    public void WriteTerm(int node, long term, int? vote = null) =>
        Write(node, new TermStarted(new Term(term), vote is { } candidate ? Id(candidate) : null));

    public void Send(int from, int to, RaftRpc rpc) => _check.OnRpcSent(Cluster, this[from], Id(to), rpc);

    public void Deliver(int from, int to, RaftRpc rpc) => _check.OnRpcDelivered(Cluster, this[to], Id(from), rpc);

    public void Apply(int node, long index, string command = "x", string result = "ok") =>
        _check.OnApplied(Cluster, this[node], new LogIndex(index), Bytes(command), Bytes(result));

    public void Request(int node, string client, params long[] ids) =>
        _check.OnRequestsDelivered(Cluster, this[node], client, ids);

    /// <summary>A command arrives at the node, possibly again.</summary>
    public void Propose(int node, string client, long id, CommandOrigin? origin) => _check.OnProposalsDelivered(
        Cluster, this[node], client, [new Proposal(id, Bytes("x")) { Origin = origin }]);

    /// <summary>A query arrives at the node.</summary>
    public void Ask(int node, string client, long id, ReadConsistency consistency) => _check.OnQueriesDelivered(
        Cluster, this[node], client, new ClientQuery([new Query(id, Bytes("x"))], consistency));

    public void Reply(int node, string client, ClientReply reply) => _check.OnReplySent(Cluster, this[node], client, reply);

    public void Acknowledge(int node, string client, long id, long index, long term, string result = "ok") =>
        Reply(node, client, new CommandApplied(id, new LogIndex(index), new Term(term), Bytes(result)));

    public void End() => _check.OnEnd(Cluster);

    /// <summary>Expects that the action contradicts the property, with these two facts.</summary>
    public void Contradicts(string fact, string contradiction, Action action)
    {
        var violation = Assert.Throws<ViolationException>(action);
        Assert.Equal(fact, violation.Violation.Fact);
        Assert.Equal(contradiction, violation.Violation.Contradiction);
        Assert.Equal(
            $"{_check.Name} ({_check.Source}): {fact}; but {contradiction}.", violation.Message);
        Assert.True(Examined > 0, "The check did not count this examination.");
    }
}
