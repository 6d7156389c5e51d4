namespace Raft.Actors.Protocol;

/// <summary>
/// A request that says which cluster it is for. A node of another cluster refuses it: a wrong address must not make one
/// cluster's clients write to, read from or operate another one.
/// </summary>
internal interface IClusterRequest
{
    /// <summary>The cluster that is meant; null where the sender does not know it yet, or is of a version that does not tell.</summary>
    ClusterId? Cluster { get; }
}
