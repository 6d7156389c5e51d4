using Raft.Simulation.Checks;

namespace Raft.Simulation.Clusters;

/// <summary>The checks of a run and, for each kind of observation, those that use it. Most checks use few.</summary>
/// <param name="all">All checks.</param>
internal sealed class CheckList(IReadOnlyList<Check> all)
{
    public IReadOnlyList<Check> All { get; } = all;

    public Check[] OnNodeChanged { get; } = Overriding(all, nameof(Check.OnNodeChanged));

    public Check[] OnEncoded { get; } = Overriding(all, nameof(Check.OnEncoded));

    public Check[] OnRpcSent { get; } = Overriding(all, nameof(Check.OnRpcSent));

    public Check[] OnReplySent { get; } = Overriding(all, nameof(Check.OnReplySent));

    public Check[] OnQueue { get; } = Overriding(all, nameof(Check.OnQueue));

    public Check[] OnRpcDelivered { get; } = Overriding(all, nameof(Check.OnRpcDelivered));

    public Check[] OnRequestsDelivered { get; } = Overriding(all, nameof(Check.OnRequestsDelivered));

    public Check[] OnProposalsDelivered { get; } = Overriding(all, nameof(Check.OnProposalsDelivered));

    public Check[] OnQueriesDelivered { get; } = Overriding(all, nameof(Check.OnQueriesDelivered));

    public Check[] OnWritten { get; } = Overriding(all, nameof(Check.OnWritten));

    public Check[] OnDiskLost { get; } = Overriding(all, nameof(Check.OnDiskLost));

    public Check[] OnDeleted { get; } = Overriding(all, nameof(Check.OnDeleted));

    public Check[] OnApplied { get; } = Overriding(all, nameof(Check.OnApplied));

    public Check[] OnRestored { get; } = Overriding(all, nameof(Check.OnRestored));

    public Check[] OnInvoked { get; } = Overriding(all, nameof(Check.OnInvoked));

    public Check[] OnReturned { get; } = Overriding(all, nameof(Check.OnReturned));

    public Check[] OnUnexplainedFailure { get; } = Overriding(all, nameof(Check.OnUnexplainedFailure));

    public Check[] OnEnd { get; } = Overriding(all, nameof(Check.OnEnd));

    private static Check[] Overriding(IReadOnlyList<Check> all, string method) =>
        [.. all.Where(check => check.GetType().GetMethod(method)!.DeclaringType != typeof(Check))];
}
