using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A candidate that requests votes sends the last entry of its own log (Raft §5.4.1, Figure 2: RequestVote RPC), and so does a
/// node that requests pre-votes (dissertation §9.6).
/// </summary>
internal sealed class CandidatesTellTheirLog : Check
{
    /// <inheritdoc/>
    public override string Name => "candidates tell their log";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.1, Figure 2";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is RequestVote vote) Compare(sender, receiver, rpc.Term, "vote", vote.LastLogIndex, vote.LastLogTerm);
        else if (rpc is RequestPreVote preVote)
            Compare(sender, receiver, rpc.Term, "pre-vote", preVote.LastLogIndex, preVote.LastLogTerm);
    }

    private void Compare(NodeView sender, NodeId receiver, Term term, string what, LogIndex lastIndex, Term lastTerm)
    {
        Examine();
        if (lastIndex != sender.Log.LastIndex || lastTerm != sender.Log.LastTerm)
            throw Violated(
                $"the log of {sender} ends with entry {sender.Log.LastIndex} of term {sender.Log.LastTerm}",
                $"it asked {receiver} for its {what} of term {term} with entry {lastIndex} of term {lastTerm}");
    }
}
