namespace Raft.Host.Dev;

/// <summary>What was done to a node of <c>raft dev</c>.</summary>
internal enum DevNodeState
{
    /// <summary>Nothing.</summary>
    Running,

    /// <summary>It stands still and keeps its memory.</summary>
    Paused,

    /// <summary>It ended without a word; its journal is there.</summary>
    Crashed,
}

/// <summary>A fault that makes no sense now.</summary>
/// <param name="message">Why not, and what to do first.</param>
internal sealed class FaultRefusedException(string message) : Exception(message);
