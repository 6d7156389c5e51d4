using System.Text;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>
/// The expectations of a scenario. Each one first lets the cluster settle. If it fails, it throws an exception with the
/// expectation, what was found, and the state of all nodes.
/// </summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Expects the node to lead, and no other node to lead in its term or a newer one (Raft §5.2).</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectLeader(string node)
    {
        ExpectRole(node, RaftRole.Leader);
        var term = StateOf(node).Term;
        var rival = _world.Nodes.FirstOrDefault(
            n => n.Name != node && n.View.State is { IsRunning: true, Role: RaftRole.Leader } state && state.Term >= term);
        if (rival is not null) throw Failed($"{node} is expected to lead alone", $"{rival} leads term {rival.View.State.Term}");
    }

    /// <summary>Expects none of these nodes to lead.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>; null for all.</param>
    /// <exception cref="ScenarioException">One of them leads.</exception>
    public void ExpectNoLeader(string? nodes = null)
    {
        Settle();
        foreach (var node in nodes is null ? _world.Nodes : Nodes(nodes))
        {
            if (node.View.State is { IsRunning: true, Role: RaftRole.Leader } state)
                throw Failed($"{node} is expected not to lead", $"it leads term {state.Term}");
        }
    }

    /// <summary>Expects these nodes to run in a role.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="role">The role.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectRole(string nodes, RaftRole role) => Expect(nodes, "role", role, n => n.View.State.Role);

    /// <summary>Expects these nodes to be followers that know this leader.</summary>
    /// <param name="nodes">The nodes, such as <c>n2 n3</c>.</param>
    /// <param name="leader">The leader, such as <c>n1</c>.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectFollowers(string nodes, string leader)
    {
        ExpectRole(nodes, RaftRole.Follower);
        Expect(nodes, "leader", leader, n => n.View.State.Leader?.Value);
    }

    /// <summary>Expects these nodes to be in a term.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="term">The term.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectTerm(string nodes, long term) => Expect(nodes, "term", term, n => n.View.State.Term.Value);

    /// <summary>Expects these nodes to have voted for a candidate in their term.</summary>
    /// <param name="nodes">The nodes, such as <c>n2 n3</c>.</param>
    /// <param name="candidate">The candidate, such as <c>n1</c>; null for none.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectVote(string nodes, string? candidate) =>
        Expect(nodes, "vote", candidate, n => n.View.State.VotedFor?.Value);

    /// <summary>Expects these nodes to have a log in memory.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="log">The log, such as <c>1 1:a 2</c>. An entry without a command matches any entry of its term. Empty for no
    /// entries.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
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

    /// <summary>Expects these nodes, which may be down, to have a log on their disks.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="log">See <see cref="ExpectLog"/>.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
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

    /// <summary>Expects these nodes to consider their log durable up to an index.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="index">The index.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectDurable(string nodes, long index) =>
        Expect(nodes, "durable index", index, n => n.View.State.DurableIndex.Value);

    /// <summary>Expects the commit index of these nodes.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="index">The index.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectCommit(string nodes, long index) =>
        Expect(nodes, "commit index", index, n => n.View.State.CommitIndex.Value);

    /// <summary>Expects these nodes to have a durable snapshot up to an index.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="index">The index; 0 for no snapshot.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectSnapshot(string nodes, long index) =>
        Expect(nodes, "snapshot", index, n => n.View.State.SnapshotIndex.Value);

    /// <summary>Expects the state machines of these nodes to have applied these commands and no others.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="commands">The commands, such as <c>a b c</c>; empty for none.</param>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
    public void ExpectApplied(string nodes, string commands) => Expect(nodes, "applied commands", $"'{commands}'", Applied);

    /// <summary>Expects these nodes to be down: crashed, failed, or never started.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <exception cref="ScenarioException">One of them runs.</exception>
    public void ExpectDown(string nodes)
    {
        Settle();
        foreach (var node in Nodes(nodes))
        {
            if (node.View.State.IsRunning) throw Failed($"{node} is expected to be down", "it runs");
        }
    }

    /// <summary>Expects the node to have halted, with a reason.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="reason">Words that the reason contains.</param>
    /// <exception cref="ScenarioException">The node runs, or gave another reason.</exception>
    public void ExpectHalted(string node, string reason)
    {
        ExpectDown(node);
        var found = _halted.GetValueOrDefault(node);
        if (found?.Contains(reason, StringComparison.Ordinal) != true)
            throw Failed(
                $"{node} is expected to have halted because of '{reason}'",
                found is null ? "it has not halted" : $"it said: {found}");
    }

    /// <summary>
    /// Expects all running nodes to have the same term and log, to have committed and applied all of it, and to follow one
    /// leader.
    /// </summary>
    /// <exception cref="ScenarioException">The expectation fails.</exception>
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

    /// <summary>Returns the current state of all nodes, one per line.</summary>
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

    /// <summary>Queries the node from within its process, independent of network faults.</summary>
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
