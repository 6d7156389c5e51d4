namespace Raft.Actors.Configuration;

/// <summary>What code sets of a group's clients; null leaves the key of the same name in <c>raft.client</c> as it is.</summary>
public sealed partial class RaftClientOptions;
