using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Of each kind of request: when clients asked last, and when the newest that was done had been asked.</summary>
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

    /// <summary>Whether of each kind that was asked since this step, one that was asked since then is done.</summary>
    public bool IsEveryKindServedSince(long step)
    {
        for (var kind = 0; kind < _newestAsked.Length; kind++)
        {
            if (_newestAsked[kind] >= step && _newestDone[kind] < step) return false;
        }

        return true;
    }
}
