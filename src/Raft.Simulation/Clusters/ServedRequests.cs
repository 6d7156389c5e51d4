using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Of each kind of request: whether clients ask it, and when the newest that was done had been asked.</summary>
internal sealed class ServedRequests
{
    private readonly long?[] _newestDone = new long?[Enum.GetValues<RequestType>().Length];

    public void OnInvoked(RequestType kind) => _newestDone[(int)kind] ??= -1;

    public void OnDone(Operation operation)
    {
        ref var newest = ref _newestDone[(int)operation.Request.Kind];
        newest = Math.Max(newest ?? -1, operation.Invoked);
    }

    /// <summary>Whether of each kind that clients ask, one that was asked since this step was done.</summary>
    public bool IsEveryKindServedSince(long step) => Array.TrueForAll(_newestDone, newest => newest is null || newest >= step);
}
