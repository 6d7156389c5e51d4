using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Cluster;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>Writes each key once, so that listing all keys shows whether every acknowledged write is there.</summary>
internal sealed class KeepingClient(int number, KeyValueHttp http, Recorder recorder, RoundKeys keys) : LoadClient(number)
{
    private readonly int _number = number;
    private int _writes;

    /// <inheritdoc/>
    protected override async Task<Fate> CallAsync(int node)
    {
        var key = $"{keys.KeptPrefix}{_number}-{++_writes}";
        var result = await http.SendAsync(FaultCluster.UrlOf(node), new PutInput(key, "kept", WriteCondition.None));
        recorder.EndKept(key, result);
        return result.Fate;
    }
}
