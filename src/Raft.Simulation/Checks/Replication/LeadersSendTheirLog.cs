using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Replication;

/// <summary>
/// AppendEntries carries consecutive entries of the leader's own log, index and term of the entry before them, and a commit
/// index that the leader has reached (Raft §5.3, Figure 2: AppendEntries RPC). The leader transfers its leadership only to a
/// node that has all its entries (dissertation §3.10).
/// </summary>
internal sealed class LeadersSendTheirLog : Check
{
    /// <inheritdoc/>
    public override string Name => "leaders send their log";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, Figure 2, dissertation §3.10";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is TimeoutNow) CompareTarget(cluster, sender, receiver, rpc.Term);
        if (rpc is not AppendEntries append) return;
        Examine();
        var log = sender.Log;
        if (log.TermAt(append.PreviousIndex) != append.PreviousTerm)
            throw Violated(
                $"entry {append.PreviousIndex} of {sender} is of term {Show(log.TermAt(append.PreviousIndex))}",
                $"it sent {receiver} entries that follow entry {append.PreviousIndex} of term {append.PreviousTerm}");
        var index = append.PreviousIndex;
        for (var i = 0; i < append.Entries.Count; i++)
        {
            var entry = append.Entries[i];
            index = index.Next();
            if (entry.Index != index)
                throw Violated(
                    $"{sender} sent {receiver} entries after entry {append.PreviousIndex}",
                    $"entry {entry.Index} stands where entry {index} should");
            if (index > log.LastIndex || !(ReferenceEquals(log[index], entry) || log[index].Equals(entry)))
                throw Violated(
                    $"entry {index} of {sender} is of term {Show(log.TermAt(index))}",
                    $"it sent {receiver} another entry {index} of term {entry.Term}");
        }
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is not AppendEntries append) return;
        var leader = cluster[sender];

        // The step that sent the message is over by now. While the node leads this term, it is the incarnation that sent it.
        if (leader.State is not { IsRunning: true, Role: RaftRole.Leader } || leader.State.Term != rpc.Term) return;
        Examine();
        if (append.LeaderCommit > leader.State.CommitIndex)
            throw Violated(
                $"{leader} has committed up to {leader.State.CommitIndex} in term {rpc.Term}",
                $"it told {receiver} that it had committed up to {append.LeaderCommit}");
    }

    /// <summary>
    /// A node whose disk is in a later term is not bound to this leader any more; a node that lost its disk does not take over.
    /// </summary>
    private void CompareTarget(ClusterView cluster, NodeView leader, NodeId target, Term term)
    {
        var disk = cluster[target].Disk;
        if (disk.Term > term || cluster[target].HasLostData) return;
        Examine();
        if (disk.Log.TermAt(leader.Log.LastIndex) != leader.Log.LastTerm)
            throw Violated(
                $"the log of {leader} ends with entry {leader.Log.LastIndex} of term {leader.Log.LastTerm}",
                $"it told {target} to take over, whose disk ends with entry {disk.Log.LastIndex} of term {disk.Log.LastTerm}");
    }

    private static string Show(Term? term) => term?.ToString() ?? "none";
}
