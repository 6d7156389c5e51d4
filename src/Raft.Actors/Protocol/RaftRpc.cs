namespace Raft.Actors.Protocol;

/// <summary>What every message between nodes of a group carries. The receiver refuses it when sender or cluster are foreign.</summary>
/// <param name="Cluster">The cluster that the sender belongs to.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term; a newer one turns the receiver into a follower (Raft §5.1).</param>
internal abstract record RaftRpc(ClusterId Cluster, NodeId From, Term Term)
{
    /// <summary>The sender's journal; the default where the sender is a version without it.</summary>
    public JournalStamp Journal { get; init; }
}

/// <summary>
/// The receiver's journal lacks something that the receiver once promised, as the sender remembers: it was rolled back, by a backup
/// or with its virtual machine. The receiver seeks readmission, if it is still that journal.
/// </summary>
/// <param name="Cluster">The sender's cluster.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term.</param>
/// <param name="Number">The number of the receiver's journal.</param>
/// <param name="Position">Sequence number of an event that it had.</param>
internal sealed record JournalForgot(ClusterId Cluster, NodeId From, Term Term, long Number, long Position) : RaftRpc(Cluster, From, Term);

/// <summary>An RPC that its receiver did not take, and why. The sender logs it; it changes nothing.</summary>
/// <param name="Cluster">The cluster of the node that refused.</param>
/// <param name="From">The node that refused.</param>
/// <param name="Term">Its term; never adopted, since the two may not belong together.</param>
/// <param name="Reason">One sentence for the operator.</param>
internal sealed record RpcRefused(ClusterId Cluster, NodeId From, Term Term, string Reason) : RaftRpc(Cluster, From, Term);
