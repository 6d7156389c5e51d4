using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Cluster;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>
/// Gives each write an <c>Idempotency-Key</c> and repeats it through one node after the other until it is acknowledged. Its
/// writes form a chain: each requires the revision of the previous one, on a key that no other client writes. So a write that
/// is applied twice breaks the chain, and the history. In between it writes to a key that others use.
/// </summary>
internal sealed class RepeatingClient(int number, KeyValueHttp http, Recorder recorder, RoundKeys keys) : LoadClient(number)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly int _number = number;
    private long _revision;
    private int _values;

    /// <inheritdoc/>
    protected override async Task<Fate> CallAsync(int node)
    {
        var value = $"{_number}-{++_values}";
        var isChain = _values % 2 == 1;
        var input = isChain
            ? new PutInput(keys.ChainOf(_number), value, new WriteCondition(_revision))
            : new PutInput(keys.Shared[_values % keys.Shared.Count], value, WriteCondition.None);
        var begun = recorder.Begin();
        var (result, last) = await RepeatAsync(node, input);
        recorder.End(NameAt(last, "repeats"), input, begun, result);
        if (isChain && result.Output is WriteOutput write) _revision = write.Revision;
        return result.Fate;
    }

    /// <summary>If one attempt has an unknown outcome, so has the write, whatever later attempts return.</summary>
    private async Task<(CallResult Result, int Node)> RepeatAsync(int node, PutInput input)
    {
        var idempotencyKey = Guid.NewGuid().ToString();
        var until = recorder.Now + Patience;
        var isKnown = true;
        while (true)
        {
            var result = await http.SendAsync(FaultCluster.UrlOf(node), input, idempotencyKey: idempotencyKey);
            if (result.Fate == Fate.Answered) return (result, node);
            isKnown &= result.Fate == Fate.NotDone;
            if (recorder.Now > until) return (isKnown ? result : new CallResult(Fate.Unknown), node);
            node = (node + 1) % FaultCluster.Count;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
