using Raft.Simulation.Workloads;

namespace Raft.Simulation.Checks.Liveness;

/// <summary>
/// Without faults no client waits long, because messages and writes take milliseconds. A client that does wait was forgotten
/// until it retries. The time starts at the last change of a role, because all clients wait during an election. The check
/// applies only while few clients send requests, because many clients wait for each other.
/// </summary>
internal sealed class PromptAnswers : Check
{
    private const int FewRequests = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private bool _isWithoutFaults;
    private int _underWay;
    private TimeSpan _calmSince;

    /// <inheritdoc/>
    public override string Name => "prompt answers";

    /// <inheritdoc/>
    public override string Source => "design: no client waits for a timeout unnecessarily";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        _isWithoutFaults = cluster.IsWithoutFaults;
        if (change.Before.Role != change.After.Role) _calmSince = cluster.Now;
    }

    /// <inheritdoc/>
    public override void OnInvoked(Operation operation)
    {
        _underWay++;
        if (_underWay > FewRequests) _calmSince = operation.InvokedAt;
    }

    /// <inheritdoc/>
    public override void OnReturned(Operation operation)
    {
        if (_underWay > FewRequests) _calmSince = operation.ReturnedAt!.Value;
        _underWay--;
        if (!_isWithoutFaults) return;
        Examine();
        var since = operation.InvokedAt > _calmSince ? operation.InvokedAt : _calmSince;
        if (operation.ReturnedAt - since > Longest)
            throw Violated(
                $"without faults a request is answered within {Longest.TotalMilliseconds} ms",
                $"{operation} was asked at {operation.InvokedAt} and answered at {operation.ReturnedAt}, "
                    + $"though since {_calmSince} "
                + "no role changed and few clients asked");
    }
}
