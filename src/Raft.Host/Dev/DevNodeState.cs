namespace Raft.Host.Dev;

/// <summary>The state of a <c>raft dev</c> node.</summary>
internal enum DevNodeState
{
    /// <summary>The node runs.</summary>
    Running,

    /// <summary>The node is paused and keeps its memory.</summary>
    Paused,

    /// <summary>The node has crashed. Its journal is kept.</summary>
    Crashed,
}

/// <summary>A fault that is not possible in the current state.</summary>
/// <param name="message">Why it is not possible, and what to do first.</param>
internal sealed class FaultRefusedException(string message) : Exception(message);
