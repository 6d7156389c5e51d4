using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>A candidate asks for votes with the last entry of its own log (Raft §5.4.1, Figure 2: RequestVote RPC).</summary>
public sealed class CandidatesTellTheirLog : Check
{
    /// <inheritdoc/>
    public override string Name => "candidates tell their log";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.1, Figure 2";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not RequestVote request) return;
        Examine();
        if (request.LastLogIndex != sender.Log.LastIndex || request.LastLogTerm != sender.Log.LastTerm)
            throw Violated(
                $"the log of {sender} ends with entry {sender.Log.LastIndex} of term {sender.Log.LastTerm}",
                $"it asked {receiver} for its vote of term {rpc.Term} with entry {request.LastLogIndex} of term "
                + request.LastLogTerm);
    }
}
