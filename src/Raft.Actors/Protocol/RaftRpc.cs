namespace Raft.Actors.Protocol;

/// <summary>A message between nodes of a group. A node refuses it if the cluster or the sender is foreign.</summary>
/// <param name="Cluster">The cluster that the sender belongs to.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term. A newer one makes the receiver a follower (Raft §5.1).</param>
internal abstract record RaftRpc(ClusterId Cluster, NodeId From, Term Term)
{
    /// <summary>The sender's journal; the default if the sender has an older version.</summary>
    public JournalStamp Journal { get; init; }
}

/// <summary>
/// The receiver's journal lacks an event that it once had on disk, so it was rolled back, for example by restoring a backup or a
/// virtual machine. The receiver seeks readmission if it still has that journal.
/// </summary>
/// <param name="Cluster">The sender's cluster.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term.</param>
/// <param name="Number">The number of the receiver's journal.</param>
/// <param name="Position">Sequence number of an event that the journal once contained.</param>
internal sealed record JournalForgot(ClusterId Cluster, NodeId From, Term Term, long Number, long Position)
    : RaftRpc(Cluster, From, Term);

/// <summary>The receiver refused an RPC. The sender only logs the reason.</summary>
/// <param name="Cluster">The cluster of the node that refused.</param>
/// <param name="From">The node that refused.</param>
/// <param name="Term">Its term. It is never adopted, because the nodes may belong to different clusters.</param>
/// <param name="Reason">The reason for the operator, as a sentence.</param>
internal sealed record RpcRefused(ClusterId Cluster, NodeId From, Term Term, string Reason) : RaftRpc(Cluster, From, Term);
