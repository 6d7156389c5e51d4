using System.Globalization;
using System.Text;
using Google.Protobuf;
using Raft.Actors.StateMachines;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;

namespace Raft.Simulation.Workloads;

/// <summary>
/// The key-value store, written and read by clients that have few keys, so that they collide. Every value is written once, so
/// that a read tells which write it saw. The history must be linearizable.
/// </summary>
public sealed class KeyValueWorkload : Workload
{
    private const int Keys = 5;
    private readonly long[] _revisions = new long[Keys];
    private int _values;

    /// <inheritdoc/>
    public override IStateMachine CreateStateMachine() => new KeyValueStore();

    /// <inheritdoc/>
    public override Request NextRequest(int client, Random random)
    {
        var key = random.Next(Keys);
        return random.Next(100) switch
        {
            < 40 => Put(key, expected: null),
            < 55 => Put(key, _revisions[key]),
            < 62 => Delete(key),
            < 97 => Get(key, RequestType.Question),
            _ => Get(key, RequestType.StaleQuestion),
        };
    }

    /// <inheritdoc/>
    public override void OnReturned(Operation operation)
    {
        if (operation.Outcome != OperationOutcome.Done) return;
        var key = (KeyValueAction)operation.Request.Tag!;
        _revisions[key.Key] = operation.Request.Kind == RequestType.Command
            ? WriteResult.Parser.ParseFrom(operation.Result.Span).Revision
            : GetResult.Parser.ParseFrom(operation.Result.Span).Revision;
    }

    /// <inheritdoc/>
    public override string Describe(ReadOnlyMemory<byte> command)
    {
        var parsed = Command.Parser.ParseFrom(command.Span);
        return parsed.Put is { } put ? $"put {put.Key} = {put.Value.ToStringUtf8()}" : $"delete {parsed.Delete.Key}";
    }

    private Request Put(int key, long? expected)
    {
        var value = (++_values).ToString(CultureInfo.InvariantCulture);
        var put = new Put { Key = Name(key), Value = ByteString.CopyFrom(value, Encoding.ASCII) };
        if (expected is { } revision) put.ExpectedRevision = revision;
        var condition = expected is null ? "" : $" if revision {expected}";
        return new Request(
            RequestType.Command,
            new Command { Put = put }.ToByteArray(),
            $"put {Name(key)} = {value}{condition}",
            new KeyValueAction(key, value, expected));
    }

    private static Request Delete(int key) => new(
        RequestType.Command,
        new Command { Delete = new Delete { Key = Name(key) } }.ToByteArray(),
        $"delete {Name(key)}",
        new KeyValueAction(key, null, null));

    private static Request Get(int key, RequestType kind) => new(
        kind,
        new Query { Get = Name(key) }.ToByteArray(),
        $"get {Name(key)}{(kind == RequestType.StaleQuestion ? " (stale)" : "")}",
        new KeyValueAction(key, null, null));

    private static string Name(int key) => $"k{key + 1}";

    private sealed record KeyValueAction(int Key, string? Value, long? Expected);
}
