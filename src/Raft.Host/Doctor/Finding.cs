using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>The severity of a finding.</summary>
internal enum Severity
{
    /// <summary>Checked, and good.</summary>
    Ok,

    /// <summary>Worth knowing, but nothing is wrong.</summary>
    Note,

    /// <summary>The cluster works, but not as well or as safely as it could.</summary>
    Warning,

    /// <summary>The cluster or a node does not work as it should.</summary>
    Problem,
}

/// <summary>A result of a rule.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Subject">What was checked, in one or two words.</param>
/// <param name="Node">The node that the finding is about; null if it is about the whole cluster.</param>
/// <param name="What">The observation, as a sentence.</param>
/// <param name="Advice">What to do; null if there is nothing to do.</param>
internal sealed record Finding(Severity Severity, string Subject, NodeId? Node, string What, string? Advice = null);
