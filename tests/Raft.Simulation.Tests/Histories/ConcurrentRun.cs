using System.Globalization;
using System.Text;
using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;
using Raft.Simulation.Histories;

namespace Raft.Simulation.Tests.Histories;

/// <summary>
/// Clients that use one <see cref="KeyValueStore"/> concurrently. Each operation takes effect at one moment between its
/// invocation and its response or, if the client does not get the response, at any later moment or never. So the history is
/// linearizable.
/// </summary>
internal sealed class ConcurrentRun(Random random)
{
    private readonly KeyValueStore _store = new();
    private readonly List<KeyValueOperation> _history = [];
    private readonly List<Pending> _pending = [];
    private readonly Dictionary<string, long> _lastSeen = [];
    private long _step;
    private long _index;
    private int _values;

    public int Keys { get; init; } = 5;

    public int Clients { get; init; } = 8;

    public int Operations { get; init; } = 600;

    public int UnknownPercent { get; init; } = 5;

    public IReadOnlyList<KeyValueOperation> Play()
    {
        var idle = new Queue<string>(Enumerable.Range(1, Clients).Select(c => $"c{c}"));
        while (_history.Count < Operations || _pending.Exists(p => !p.IsUnknown))
        {
            _step++;
            if (_history.Count < Operations && idle.Count > 0 && random.Next(2) == 0)
            {
                var client = idle.Dequeue();
                if (Invoke(client)) idle.Enqueue(client);
            }
            else if (_pending.Count > 0)
            {
                if (Advance(_pending[random.Next(_pending.Count)]) is { } client) idle.Enqueue(client);
            }
        }

        return _history;
    }

    /// <summary>Invokes an operation; returns true if the client will never know the outcome, and continues.</summary>
    private bool Invoke(string client)
    {
        var pending = new Pending { Position = _history.Count, IsUnknown = random.Next(100) < UnknownPercent };
        _history.Add(new KeyValueOperation(client, NextInput(), Output: null, _step, Returned: null));
        if (!pending.IsUnknown || random.Next(3) > 0) _pending.Add(pending);
        return pending.IsUnknown;
    }

    /// <summary>
    /// Lets an operation take effect, or its response arrive; returns the client that can continue, if there is one.
    /// </summary>
    private string? Advance(Pending pending)
    {
        var operation = _history[pending.Position];
        if (pending.Output is null)
        {
            if (pending.IsUnknown && random.Next(20) > 0) return null;
            pending.Output = Apply(operation.Input);
            if (pending.IsUnknown) _pending.Remove(pending);
            return null;
        }

        _pending.Remove(pending);
        _history[pending.Position] = operation with { Output = pending.Output, Returned = _step };
        _lastSeen[operation.Input.Key] = _history[pending.Position].Told();
        return operation.Client;
    }

    private KeyValueInput NextInput()
    {
        var key = $"k{random.Next(Keys) + 1}";
        var condition = random.Next(4) switch
        {
            0 => WriteCondition.Revision(_lastSeen.GetValueOrDefault(key)),
            1 when random.Next(4) == 0 => WriteCondition.Absent,
            _ => WriteCondition.None,
        };
        return random.Next(100) switch
        {
            < 50 => new PutInput(key, (++_values).ToString(CultureInfo.InvariantCulture), condition),
            < 57 => new DeleteInput(key, condition),
            _ => new GetInput(key),
        };
    }

    private KeyValueOutput Apply(KeyValueInput input)
    {
        if (input is GetInput)
        {
            var get = GetResult.Parser.ParseFrom(_store.Query(new KeyQuery { Get = input.Key }.ToByteArray()).Span);
            return new GetOutput(get.HasValue ? get.Value.ToStringUtf8() : null, get.Revision);
        }

        var command = input is PutInput put
            ? new Command { Put = new Put { Key = put.Key, Value = ByteString.CopyFrom(put.Value, Encoding.UTF8) } }
            : new Command { Delete = new Delete { Key = input.Key } };
        SetCondition(command, input);
        _index += random.Next(1, 4);
        var result = WriteResult.Parser.ParseFrom(_store.Apply(new LogIndex(_index), command.ToByteArray()).Span);
        return new WriteOutput((WriteOutcome)result.Outcome, result.Revision);
    }

    private static void SetCondition(Command command, KeyValueInput input)
    {
        if (input is PutInput { Condition.ExpectedRevision: { } put }) command.Put.ExpectedRevision = put;
        if (input is DeleteInput { Condition.ExpectedRevision: { } delete }) command.Delete.ExpectedRevision = delete;
    }

    private sealed class Pending
    {
        public int Position { get; init; }

        public bool IsUnknown { get; init; }

        public KeyValueOutput? Output { get; set; }
    }
}

internal static class KeyValueOperationExtensions
{
    /// <summary>The revision of the key according to the output; 0 if the output has none.</summary>
    public static long Told(this KeyValueOperation operation) =>
        operation.Output switch
        {
            _ when !operation.IsKnown => 0,
            GetOutput get => get.Revision,
            WriteOutput write => write.Revision,
            _ => 0,
        };

    /// <summary>The revision in the operation's condition; 0 if there is none.</summary>
    public static long Expected(this KeyValueOperation operation) =>
        operation.Input switch
        {
            PutInput put => put.Condition.ExpectedRevision ?? 0,
            DeleteInput delete => delete.Condition.ExpectedRevision ?? 0,
            _ => 0,
        };
}
