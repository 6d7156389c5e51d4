namespace Raft.Actors.Protocol;

/// <summary>
/// A request for a certain cluster. A node of another cluster refuses it, so that a wrong address can't make the clients of one
/// cluster write to, read from or operate another one.
/// </summary>
internal interface IClusterRequest
{
    /// <summary>The cluster that the request is for; null if the sender does not know it yet or has an older version.</summary>
    ClusterId? Cluster { get; }
}
