using System.Diagnostics;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Faults.Load;

/// <summary>Records every call of a round for the checks. Its steps define the order of events.</summary>
internal sealed class Recorder
{
    private readonly Lock _lock = new();
    private readonly List<Operation<KeyValueInput, KeyValueOutput>> _operations = [];
    private readonly List<TimeSpan> _acknowledged = [];
    private readonly HashSet<string> _keptKeys = [];
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _steps;

    /// <summary>The time since the recorder was created.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_begun);

    /// <summary>The operations that were done or may have been.</summary>
    public IReadOnlyList<Operation<KeyValueInput, KeyValueOutput>> Operations
    {
        get
        {
            lock (_lock) return [.. _operations];
        }
    }

    /// <summary>When writes were acknowledged, in ascending order.</summary>
    public IReadOnlyList<TimeSpan> Acknowledged
    {
        get
        {
            lock (_lock) return [.. _acknowledged];
        }
    }

    /// <summary>The acknowledged keys that are written once and never again.</summary>
    public IReadOnlySet<string> KeptKeys
    {
        get
        {
            lock (_lock) return _keptKeys.ToHashSet();
        }
    }

    /// <summary>A call begins.</summary>
    /// <returns>Its step.</returns>
    public long Begin()
    {
        lock (_lock) return ++_steps;
    }

    /// <summary>A call ended.</summary>
    /// <param name="caller">The caller, and the kind of call.</param>
    /// <param name="input">The operation.</param>
    /// <param name="begun">The step at which it began.</param>
    /// <param name="result">How it ended.</param>
    public void End(string caller, KeyValueInput input, long begun, CallResult result)
    {
        lock (_lock)
        {
            if (result.Fate == Fate.NotDone || (result.Fate == Fate.Unknown && input is GetInput)) return;
            var returned = result.Fate == Fate.Answered ? ++_steps : (long?)null;
            _operations.Add(new Operation<KeyValueInput, KeyValueOutput>(caller, input, result.Output, begun, returned));
            NoteWrite(result);
        }
    }

    /// <summary>A write of a key that no other client writes has ended.</summary>
    public void EndKept(string key, CallResult result)
    {
        if (result.Fate != Fate.Answered) return;
        lock (_lock)
        {
            _keptKeys.Add(key);
            NoteWrite(result);
        }
    }

    private void NoteWrite(CallResult result)
    {
        if (result.Output is WriteOutput { Outcome: WriteOutcome.Done }) _acknowledged.Add(Now);
    }
}
