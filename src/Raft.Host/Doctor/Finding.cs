using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>Looked at, and well.</summary>
    Ok,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>The cluster works, and less well or less safely than it could.</summary>
    Warning,

    /// <summary>The cluster, or a node, does not do what it should.</summary>
    Problem,
}

/// <summary>What a rule found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Subject">What was looked at, in one word.</param>
/// <param name="Node">The node that it is about; null where it is about all of them.</param>
/// <param name="What">What is so, in a sentence.</param>
/// <param name="Advice">What to do; null where there is nothing to do.</param>
internal sealed record Finding(Severity Severity, string Subject, NodeId? Node, string What, string? Advice = null);
