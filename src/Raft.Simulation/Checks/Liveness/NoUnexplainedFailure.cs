namespace Raft.Simulation.Checks.Liveness;

/// <summary>No actor fails and no error is logged unless a fault of the run explains it.</summary>
internal sealed class NoUnexplainedFailure : Check
{
    /// <inheritdoc/>
    public override string Name => "no unexplained failure";

    /// <inheritdoc/>
    public override string Source => "design: an expected condition is a reply, not an error";

    /// <inheritdoc/>
    public override void OnUnexplainedFailure(ClusterView cluster, string machine, Exception? cause, string message) =>
        throw Violated(
            $"no fault explains a failure of {machine}",
            cause is null ? $"it said: {message}" : $"it said: {message} ({cause.GetType().Name}: {cause.Message})");

    /// <inheritdoc/>
    public override void OnEnd(ClusterView cluster) => Examine();
}
