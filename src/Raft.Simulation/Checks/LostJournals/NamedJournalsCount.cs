using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.LostJournals;

/// <summary>
/// A node becomes leader only with a majority of votes from the journals that its own log names, and a leader commits by
/// counting only acknowledgements from such journals (docs/decisions/020). Votes and acknowledgements of a journal that the log
/// has replaced do not count.
/// </summary>
internal sealed class NamedJournalsCount : Check
{
    private readonly PerNode<Heard> _heard = new();
    private readonly Dictionary<NodeId, long> _participants = [];

    /// <inheritdoc/>
    public override string Name => "named journals count";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/020, hazard 23";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        foreach (var e in events)
        {
            if (e is not ClusterFormed formed) continue;
            foreach (var participant in formed.Participants) _participants[participant.Node] = participant.Journal;
        }
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var answer = (rpc.Term, sender, rpc.Journal.Number);
        var heard = _heard[receiver];
        if (rpc is VoteGranted) heard.Votes.Add(answer);
        if (rpc is not AppendAccepted accepted) return;

        // Entries that a journal received before it was readmitted are still in it afterwards.
        if (!rpc.Journal.AwaitsReadmission) heard.Counting.Add(answer);
        if (!heard.Matches.TryGetValue(answer, out var match) || match < accepted.MatchIndex)
            heard.Matches[answer] = accepted.MatchIndex;
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (change.FirstChanged is { } first) _heard[change.Node].Read(change.Node.Log, first);
        if (after is not { IsRunning: true, Role: RaftRole.Leader }) return;
        var isElected = !change.IsSameIncarnation || before.Role != RaftRole.Leader || before.Term != after.Term;
        if (isElected) CompareVotes(cluster, change.Node);
        else if (after.CommitIndex > before.CommitIndex) CompareMatches(cluster, change.Node);
    }

    private void CompareVotes(ClusterView cluster, NodeView leader)
    {
        Examine();
        var votes = 1 + Count(
            cluster, leader, voter => _heard[leader].Votes.Contains((leader.State.Term, voter, Named(leader, voter))));
        if (votes < cluster.Majority)
            throw Violated(
                $"{votes} of {cluster.VoterCount} votes for {leader} in term {leader.State.Term} "
                    + "rest on journals that its log names",
                $"{leader} became leader of term {leader.State.Term}");
    }

    private void CompareMatches(ClusterView cluster, NodeView leader)
    {
        Examine();
        var (term, index) = (leader.State.Term, leader.State.CommitIndex);
        var matches = 1 + Count(cluster, leader, follower =>
            (term, follower, Named(leader, follower)) is var answer && _heard[leader].Counting.Contains(answer)
            && _heard[leader].Matches.TryGetValue(answer, out var match) && match >= index);
        if (matches < cluster.Majority)
            throw Violated(
                $"{matches} of {cluster.VoterCount} nodes acknowledged entry {index} on journals that the log of {leader} names",
                $"{leader} committed it in term {term}");
    }

    private static int Count(ClusterView cluster, NodeView self, Func<NodeId, bool> counts)
    {
        var count = 0;
        foreach (var node in cluster.Nodes)
        {
            if (node.Id != self.Id && counts(node.Id)) count++;
        }

        return count;
    }

    private long Named(NodeView node, NodeId member)
    {
        var readmissions = _heard[node].Readmissions;
        for (var i = readmissions.Count - 1; i >= 0; i--)
        {
            if (readmissions[i].Member.Node == member) return readmissions[i].Member.Journal;
        }

        return _participants.GetValueOrDefault(member);
    }

    /// <summary>The messages that a node received, and the journals that its log names.</summary>
    private sealed class Heard
    {
        public List<(LogIndex Index, Incarnation Member)> Readmissions { get; } = [];

        public void Read(RaftLog log, LogIndex first)
        {
            Readmissions.RemoveAll(r => r.Index >= first);
            for (var index = first; index <= log.LastIndex; index = index.Next())
            {
                if (log[index].Kind == EntryKind.Readmission && Incarnation.Decode(log[index].Command.Span) is { } member)
                    Readmissions.Add((index, member));
            }
        }

        public HashSet<(Term Term, NodeId Voter, long Journal)> Votes { get; } = [];

        public Dictionary<(Term Term, NodeId Follower, long Journal), LogIndex> Matches { get; } = [];

        /// <summary>The followers that said that their acknowledgements count.</summary>
        public HashSet<(Term Term, NodeId Follower, long Journal)> Counting { get; } = [];
    }
}
