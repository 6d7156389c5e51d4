using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Durability;

/// <summary>
/// A node starts with exactly the term, vote and log on its disk (Raft, Figure 2: persistent state), as a follower that has
/// committed only what its snapshot replaces (§7). There are two exceptions. An RPC that waited for the start may be handled in
/// the same step; it may raise the term, grant a vote and change entries that are not durable. And a write that was given up
/// may be done after the node has read its journal; then the node starts with the earlier contents.
/// </summary>
internal sealed class FaithfulRecovery : Check
{
    private readonly PerNode<Journal> _journals = new();

    /// <inheritdoc/>
    public override string Name => "faithful recovery";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, Figure 2, hazard 2";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var journal = _journals[node];
        if (!node.State.IsRunning) journal.CountsWhileDown.Add(journal.Events.Count);
        journal.Events.AddRange(events);
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (!receiver.State.IsRunning) _journals[receiver].HasRpcWaiting = true;
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        if (change.IsSameIncarnation || !change.After.IsRunning) return;
        Examine();
        var journal = _journals[change.Node];
        var disk = change.Node.Disk;
        if (!journal.HasRpcWaiting) CompareVolatile(change.Node);
        var difference = Difference(change.Node, disk.Term, disk.VotedFor, disk.Log, journal.HasRpcWaiting);
        if (difference is (var fact, var contradiction) && !WasReadEarlier(change.Node, journal))
            throw Violated(fact, contradiction);
        journal.CountsWhileDown.Clear();
        journal.HasRpcWaiting = false;
    }

    private void CompareVolatile(NodeView node)
    {
        var state = node.State;
        var replaced = node.Disk.SnapshotIndex;
        if (state.Role != RaftRole.Follower || state.CommitIndex > replaced || state.LastApplied > replaced)
            throw Violated(
                $"{node} started again",
                $"it began as {state.Role} with commit index {state.CommitIndex} and last applied index {state.LastApplied}");
        if (state.DurableIndex != state.LastIndex)
            throw Violated(
                $"{node} read entries up to {state.LastIndex} from its disk",
                $"it believes only those up to {state.DurableIndex} to be there");
    }

    /// <param name="node">The node that started.</param>
    /// <param name="term">The term on disk.</param>
    /// <param name="vote">The vote on disk.</param>
    /// <param name="log">The log on disk.</param>
    /// <param name="hasHandledRpc">Whether the node may have handled an RPC since.</param>
    private static (string Fact, string Contradiction)? Difference(
        NodeView node, Term term, NodeId? vote, RaftLog log, bool hasHandledRpc)
    {
        var state = node.State;
        var isKept = hasHandledRpc
            ? state.Term > term || (state.Term == term && (vote is null || state.VotedFor == vote))
            : state.Term == term && state.VotedFor == vote;
        if (!isKept)
            return (
                $"the disk of {node} had term {term} and {Show(vote)}",
                $"it started with term {state.Term} and {Show(state.VotedFor)}");

        var last = hasHandledRpc ? state.DurableIndex : node.Log.LastIndex;
        if (hasHandledRpc ? last > log.LastIndex : last != log.LastIndex)
            return ($"the disk of {node} had entries up to {log.LastIndex}", $"it started with entries up to {last}");
        for (var index = log.FirstIndex; index <= last; index = index.Next())
        {
            if (!node.Log[index].Equals(log[index]))
                return (
                    $"the disk of {node} had entry {index} of term {log[index].Term}",
                    $"it started with another entry {index} of term {node.Log[index].Term}");
        }

        return null;
    }

    private static bool WasReadEarlier(NodeView node, Journal journal)
    {
        foreach (var count in journal.CountsWhileDown)
        {
            var (term, vote, log) = Replay(journal.Events, count);
            if (Difference(node, term, vote, log, journal.HasRpcWaiting) is null) return true;
        }

        return false;
    }

    private static (Term Term, NodeId? Vote, RaftLog Log) Replay(List<RaftEvent> events, int count)
    {
        var term = Term.Zero;
        NodeId? vote = null;
        var log = new RaftLog();
        for (var i = 0; i < count; i++)
        {
            switch (events[i])
            {
                case TermStarted started: (term, vote) = (started.Term, started.VotedFor); break;
                case EntriesAppended appended: log.Append(appended.Entries); break;
                case LogTruncated truncated: log.TruncateFrom(truncated.From); break;
                case SnapshotSaved saved:
                    (term, vote) = (saved.Term, saved.VotedFor);
                    log.Restart(saved.Start);
                    log.Append(saved.Entries);
                    break;
            }
        }

        return (term, vote, log);
    }

    private static string Show(NodeId? vote) => vote is { } candidate ? $"a vote for {candidate}" : "no vote";

    private sealed class Journal
    {
        public List<RaftEvent> Events { get; } = [];

        /// <summary>The number of events before each write that was done while the node was not running.</summary>
        public List<int> CountsWhileDown { get; } = [];

        public bool HasRpcWaiting { get; set; }
    }
}
