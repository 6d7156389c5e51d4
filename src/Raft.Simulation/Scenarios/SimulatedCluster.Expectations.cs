using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>
/// What a scenario expects. Each expectation first lets the cluster come to rest. One that is not met throws, with what was
/// expected, what was found, and a picture of all nodes.
/// </summary>
public sealed partial class SimulatedCluster
{
    /// <summary>The node leads, and nobody else does in its term or a newer one (Raft §5.2).</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectLeader(string node)
    {
        ExpectRole(node, RaftRole.Leader);
        var term = StateOf(node).Term;
        var rival = _world.Nodes.FirstOrDefault(
            n => n.Name != node && n.View.State is { IsRunning: true, Role: RaftRole.Leader } state && state.Term >= term);
        if (rival is not null) throw Failed($"{node} is expected to lead alone", $"{rival} leads term {rival.View.State.Term}");
    }

    /// <summary>None of these nodes leads.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>; null for all.</param>
    /// <exception cref="ScenarioException">One does.</exception>
    public void ExpectNoLeader(string? nodes = null)
    {
        Settle();
        foreach (var node in nodes is null ? _world.Nodes : Nodes(nodes))
        {
            if (node.View.State is { IsRunning: true, Role: RaftRole.Leader } state)
                throw Failed($"{node} is expected not to lead", $"it leads term {state.Term}");
        }
    }

    /// <summary>These nodes run and have this role.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="role">The role.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectRole(string nodes, RaftRole role) => Expect(nodes, "role", role, n => n.View.State.Role);

    /// <summary>These nodes are followers and know this leader.</summary>
    /// <param name="nodes">For example <c>n2 n3</c>.</param>
    /// <param name="leader">For example <c>n1</c>.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectFollowers(string nodes, string leader)
    {
        ExpectRole(nodes, RaftRole.Follower);
        Expect(nodes, "leader", leader, n => n.View.State.Leader?.Value);
    }

    /// <summary>These nodes are in this term.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="term">The term.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectTerm(string nodes, long term) => Expect(nodes, "term", term, n => n.View.State.Term.Value);

    /// <summary>These nodes gave their vote of their term to this candidate.</summary>
    /// <param name="nodes">For example <c>n2 n3</c>.</param>
    /// <param name="candidate">For example <c>n1</c>; null for nobody.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectVote(string nodes, string? candidate) =>
        Expect(nodes, "vote", candidate, n => n.View.State.VotedFor?.Value);

    /// <summary>These nodes have this log in memory.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="log">For example <c>1 1:a 2</c>: an entry without a command is any of its term. Empty for none.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectLog(string nodes, string log)
    {
        Settle();
        foreach (var node in Nodes(nodes))
        {
            RequireRunning(node);
            if (!ScenarioLog.Is(node.View.Log, log))
                throw Failed($"the log of {node} is expected to be '{log}'", $"it is '{ScenarioLog.Draw(node.View.Log)}'");
        }
    }

    /// <summary>These nodes have this log on their disks; they may be down.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="log">See <see cref="ExpectLog"/>.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectOnDisk(string nodes, string log)
    {
        Settle();
        foreach (var node in Nodes(nodes))
        {
            var disk = node.View.Disk.Log;
            if (!ScenarioLog.Is(disk, log))
                throw Failed($"the disk of {node} is expected to have '{log}'", $"it has '{ScenarioLog.Draw(disk)}'");
        }
    }

    /// <summary>These nodes believe their log to be on disk up to this index.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="index">The index.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectDurable(string nodes, long index) =>
        Expect(nodes, "durable index", index, n => n.View.State.DurableIndex.Value);

    /// <summary>These nodes know that entries up to this index are committed, and no further.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="index">The index.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectCommit(string nodes, long index) =>
        Expect(nodes, "commit index", index, n => n.View.State.CommitIndex.Value);

    /// <summary>These nodes have a snapshot on disk that replaces entries up to this index.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="index">The index; 0 for none.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectSnapshot(string nodes, long index) =>
        Expect(nodes, "snapshot", index, n => n.View.State.SnapshotIndex.Value);

    /// <summary>The state machines of these nodes have applied these commands, and no others.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="commands">For example <c>a b c</c>; empty for none.</param>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectApplied(string nodes, string commands) => Expect(nodes, "applied commands", $"'{commands}'", Applied);

    /// <summary>These nodes do not run: they crashed, failed, or were never started.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <exception cref="ScenarioException">One runs.</exception>
    public void ExpectDown(string nodes)
    {
        Settle();
        foreach (var node in Nodes(nodes))
        {
            if (node.View.State.IsRunning) throw Failed($"{node} is expected to be down", "it runs");
        }
    }

    /// <summary>The node stopped for good, and told its operator why.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="reason">Words that the reason has.</param>
    /// <exception cref="ScenarioException">It runs, or gave another reason.</exception>
    public void ExpectHalted(string node, string reason)
    {
        ExpectDown(node);
        var found = _halted.GetValueOrDefault(node);
        if (found?.Contains(reason, StringComparison.Ordinal) != true)
            throw Failed(
                $"{node} is expected to have halted because of '{reason}'",
                found is null ? "it has not halted" : $"it said: {found}");
    }

    /// <summary>All running nodes have the same term and log, committed and applied all of it, and follow one leader.</summary>
    /// <exception cref="ScenarioException">It is not so.</exception>
    public void ExpectConverged()
    {
        Settle();
        var running = _world.Nodes.Where(n => n.View.State.IsRunning).ToArray();
        var leader = running.FirstOrDefault(n => n.View.State.Role == RaftRole.Leader)
            ?? throw Failed("one node is expected to lead", "none does");
        var state = leader.View.State;
        var log = ScenarioLog.Draw(leader.View.Log);
        foreach (var node in running)
        {
            Require(node, "leader", leader.Name, node.View.State.Leader?.Value);
            Require(node, "term", state.Term, node.View.State.Term);
            Require(node, "log", log, ScenarioLog.Draw(node.View.Log));
            Require(node, "commit index", state.LastIndex, node.View.State.CommitIndex);
            Require(node, "durable index", state.LastIndex, node.View.State.DurableIndex);
            Require(node, "applied commands", Applied(leader), Applied(node));
        }
    }

    /// <summary>All nodes as they are now, a line for each.</summary>
    public override string ToString()
    {
        var picture = new StringBuilder();
        foreach (var node in _world.Nodes) picture.AppendLine(Draw(node));
        foreach (var packet in _network.Held)
        {
            var (from, to, message) = (packet.From.Machine, packet.To.Machine, packet.Message);
            picture.AppendLine($"held: {message.GetType().Name} {from} → {to}, {MessageDescription.Of(message)}");
        }

        return picture.ToString();
    }

    internal ScenarioException Failed(string expected, string found) =>
        new($"At {Now.TotalMilliseconds} ms {expected}, but {found}.\n{this}");

    private void Expect<T>(string nodes, string what, T expected, Func<SimulatedNode, T> actual)
    {
        Settle();
        foreach (var node in Nodes(nodes))
        {
            RequireRunning(node);
            Require(node, what, expected, actual(node));
        }
    }

    private void Require<T>(SimulatedNode node, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw Failed($"the {what} of {node} is expected to be {Show(expected)}", $"it is {Show(actual)}");
    }

    private void RequireRunning(SimulatedNode node)
    {
        if (!node.View.State.IsRunning) throw Failed($"{node} is expected to run", "it is down");
    }

    /// <summary>Asks the node as somebody in its process does: whatever is wrong with the network has no part in it.</summary>
    private string Applied(SimulatedNode node)
    {
        ClientReply? answer = null;
        _client.AskLocally(
            node.Process!.Root, id => new ClientQuery([new Query(id, default)], ReadConsistency.Stale), reply => answer = reply);
        Settle();
        return answer is QueryAnswered answered ? $"'{Encoding.UTF8.GetString(answered.Result.Span)}'" : "not told";
    }

    private static string Draw(SimulatedNode node)
    {
        var (state, disk) = (node.View.State, node.View.Disk);
        var durable = $"disk: term {disk.Term}, vote {Show(disk.VotedFor)}, log {ScenarioLog.Draw(disk.Log)}";
        return state.IsRunning
            ? $"{node} {state.Role.ToString().ToLowerInvariant()} of term {state.Term}, vote {Show(state.VotedFor)}, leader "
                + $"{Show(state.Leader)}, commit {state.CommitIndex}, log {ScenarioLog.Draw(node.View.Log)}; {durable}"
            : $"{node} down; {durable}";
    }

    private static string Show<T>(T value) => value?.ToString() ?? "none";
}
