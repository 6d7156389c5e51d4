using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>For each kind of request: when clients last invoked one, and when the newest completed one was invoked.</summary>
internal sealed class ServedRequests
{
    private readonly long[] _newestAsked = new long[Enum.GetValues<RequestType>().Length];
    private readonly long[] _newestDone = new long[Enum.GetValues<RequestType>().Length];

    public void OnInvoked(Operation operation) => _newestAsked[(int)operation.Request.Kind] = operation.Invoked;

    public void OnDone(Operation operation)
    {
        ref var newest = ref _newestDone[(int)operation.Request.Kind];
        newest = Math.Max(newest, operation.Invoked);
    }

    /// <summary>
    /// Whether, for each kind that was invoked since this step, one that was invoked since then has completed.
    /// </summary>
    public bool IsEveryKindServedSince(long step)
    {
        for (var kind = 0; kind < _newestAsked.Length; kind++)
        {
            if (_newestAsked[kind] >= step && _newestDone[kind] < step) return false;
        }

        return true;
    }
}
