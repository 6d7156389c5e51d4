namespace Raft.Actors.Protocol;

/// <summary>What every message between nodes of a group carries. The receiver refuses it when sender or cluster are foreign.</summary>
/// <param name="Cluster">The cluster that the sender belongs to.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term; a newer one turns the receiver into a follower (Raft §5.1).</param>
public abstract record RaftRpc(ClusterId Cluster, NodeId From, Term Term);

/// <summary>An RPC that its receiver did not take, and why. The sender logs it; it changes nothing.</summary>
/// <param name="Cluster">The cluster of the node that refused.</param>
/// <param name="From">The node that refused.</param>
/// <param name="Term">Its term; never adopted, since the two may not belong together.</param>
/// <param name="Reason">One sentence for the operator.</param>
public sealed record RpcRefused(ClusterId Cluster, NodeId From, Term Term, string Reason) : RaftRpc(Cluster, From, Term);
