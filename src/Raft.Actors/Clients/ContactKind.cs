namespace Raft.Actors.Clients;

/// <summary>Where a client's contacts come from: how far they are to be believed, and which of them may answer stale queries.</summary>
internal enum ContactKind
{
    /// <summary>A person or program named them, and means one cluster. Stale queries are for the first of them.</summary>
    Named,

    /// <summary>The first is this process's own node, and the others are those that have an address.</summary>
    OwnNodeFirst,

    /// <summary>All nodes that have an address, in a process without one. Each may answer stale queries.</summary>
    AllKnown,
}
