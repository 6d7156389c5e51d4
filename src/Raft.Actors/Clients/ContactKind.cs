namespace Raft.Actors.Clients;

/// <summary>
/// Where a client's contacts come from. It determines how far the client believes them, and which of them answer stale queries.
/// </summary>
internal enum ContactKind
{
    /// <summary>A caller named nodes of one cluster. Stale queries go to the first of them.</summary>
    Named,

    /// <summary>The first is this process's own node; the others are all nodes with a known address.</summary>
    OwnNodeFirst,

    /// <summary>All nodes with a known address, in a process without a node. Each may answer stale queries.</summary>
    AllKnown,
}
