namespace Raft.Actors.Configuration;

/// <summary>
/// Settings of a group's client in code instead of HOCON; null leaves the key of the same name in <c>raft.client</c> unchanged.
/// </summary>
public sealed partial class RaftClientOptions;
