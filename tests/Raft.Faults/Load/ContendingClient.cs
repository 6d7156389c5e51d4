using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Cluster;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>Reads, writes, compares and sets, and deletes a few keys that others use too. Repeats no request.</summary>
internal sealed class ContendingClient(int number, KeyValueHttp http, Recorder recorder, RoundKeys keys, Random random)
    : LoadClient(number)
{
    private readonly int _number = number;
    private readonly Dictionary<string, long> _revisions = [];
    private int _values;

    /// <inheritdoc/>
    protected override async Task<Fate> CallAsync(int node)
    {
        var input = NextInput(keys.Shared[random.Next(keys.Shared.Count)]);
        var consistency = random.Next(2) == 0 ? "linearizable" : "follower";
        var begun = recorder.Begin();
        var result = await http.SendAsync(FaultCluster.UrlOf(node), input, consistency);
        recorder.End(NameAt(node, input is GetInput ? consistency : "write"), input, begun, result);
        Learn(input, result.Output);
        return result.Fate;
    }

    private KeyValueInput NextInput(string key)
    {
        var seen = new WriteCondition(_revisions.GetValueOrDefault(key));
        return random.Next(100) switch
        {
            < 22 => new PutInput(key, NextValue(), WriteCondition.None),
            < 48 => new PutInput(key, NextValue(), seen),
            < 52 => new DeleteInput(key, WriteCondition.None),
            < 55 when seen != WriteCondition.Absent => new DeleteInput(key, seen),
            _ => new GetInput(key),
        };
    }

    private string NextValue() => $"{_number}-{++_values}";

    private void Learn(KeyValueInput input, KeyValueOutput? output)
    {
        if (output is null) return;
        _revisions[input.Key] = output switch
        {
            GetOutput get => get.Revision,
            WriteOutput { Outcome: WriteOutcome.Done } when input is DeleteInput => 0,
            WriteOutput write => write.Revision,
            _ => 0,
        };
    }
}
