using System.Globalization;
using System.Text;
using Google.Protobuf;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Actors.StateMachines.KeyValue.Proto;
using Raft.Simulation.Histories;

namespace Raft.Simulation.Workloads;

/// <summary>
/// The key-value store, with clients that use few keys, so that their requests conflict. Each value is written once, so that a
/// read identifies the write that it observed. Clients use all kinds of reads; except for stale reads, the history must be
/// linearizable.
/// </summary>
internal sealed class KeyValueWorkload : Workload
{
    private const int Keys = 5;

    /// <summary>Some values are long, so that appends reach their limit of bytes.</summary>
    private const int LongValue = 600;

    /// <summary>Every n-th put has an idempotency key instead of using the client's session.</summary>
    private const int PutsForEachKey = 3;

    private readonly Dictionary<string, long> _revisions = [];
    private readonly KeyValueChecker _checker = new();
    private int _values;

    /// <inheritdoc/>
    public override IStateMachine CreateStateMachine() => new KeyValueStore();

    /// <inheritdoc/>
    public override Request NextRequest(int client, Random random)
    {
        var key = $"k{random.Next(Keys) + 1}";
        return random.Next(100) switch
        {
            < 92 when IsReader(client) => Get(key, FreshQuery(random)),
            < 40 => Put(key, expected: null, random),
            < 55 => Put(key, _revisions.GetValueOrDefault(key), random),
            < 62 => Delete(key),
            < 92 => Get(key, FreshQuery(random)),
            _ => Get(key, RequestType.StaleQuery),
        };
    }

    /// <inheritdoc/>
    public override void OnReturned(Operation operation)
    {
        if (operation.Outcome != OperationOutcome.Done) return;
        _revisions[((KeyValueInput)operation.Request.Tag!).Key] = Output(operation) switch
        {
            WriteOutput write => write.Revision,
            var read => ((GetOutput)read).Revision,
        };
    }

    /// <inheritdoc/>
    public override string Criterion => "linearizability";

    /// <inheritdoc/>
    public override long Verify(IReadOnlyList<Operation> history)
    {
        var judged = history
            .Where(o => o.Request.Kind != RequestType.StaleQuery && o.Outcome != OperationOutcome.NotDone)
            .Select(ToJudge)
            .ToArray();
        return _checker.Check(judged) switch
        {
            NotLinearizable found => throw new ViolationException(new Violation(
                Criterion, "Raft §8; Herlihy and Wing, 1990", found.Fact, found.Contradiction)),
            Linearizable => judged.Length,
            _ => 0,
        };
    }

    /// <inheritdoc/>
    public override string Describe(ReadOnlyMemory<byte> command)
    {
        var parsed = Command.Parser.ParseFrom(command.Span);
        return parsed.Put is { } put ? $"put {put.Key} = {put.Value.ToStringUtf8().TrimEnd('.')}" : $"delete {parsed.Delete.Key}";
    }

    /// <summary>
    /// Every second client only reads. A client that writes to a leader without followers would wait, and not read anything
    /// old.
    /// </summary>
    private static bool IsReader(int client) => client % 2 == 1;

    private static RequestType FreshQuery(Random random) => random.Next(4) switch
    {
        0 => RequestType.LeaseQuery,
        1 => RequestType.FollowerQuery,
        _ => RequestType.Query,
    };

    private static Operation<KeyValueInput, KeyValueOutput> ToJudge(Operation operation)
    {
        var isDone = operation.Outcome == OperationOutcome.Done;
        return new Operation<KeyValueInput, KeyValueOutput>(
            $"c{operation.Client + 1}",
            (KeyValueInput)operation.Request.Tag!,
            isDone ? Output(operation) : null,
            operation.Invoked,
            isDone ? operation.Returned : null);
    }

    private static KeyValueOutput Output(Operation operation)
    {
        if (operation.Request.Kind == RequestType.Command)
        {
            var write = WriteResult.Parser.ParseFrom(operation.Result.Span);
            return new WriteOutput((WriteOutcome)write.Outcome, write.Revision);
        }

        var read = GetResult.Parser.ParseFrom(operation.Result.Span);
        return new GetOutput(read.HasValue ? read.Value.ToStringUtf8() : null, read.Revision);
    }

    private Request Put(string key, long? expected, Random random)
    {
        var number = (++_values).ToString(CultureInfo.InvariantCulture);
        var value = random.Next(4) == 0 ? number.PadRight(LongValue, '.') : number;
        var put = new Put { Key = key, Value = ByteString.CopyFrom(value, Encoding.ASCII) };
        if (expected is { } revision) put.ExpectedRevision = revision;
        var condition = expected is null ? "" : $" if revision {expected}";
        return new Request(
            RequestType.Command,
            new Command { Put = put }.ToByteArray(),
            $"put {key} = {number}{condition}",
            new PutInput(key, value, new WriteCondition(expected)))
        {
            Key = _values % PutsForEachKey == 0 ? new IdempotencyKey($"put {number}") : null,
        };
    }

    private static Request Delete(string key) => new(
        RequestType.Command,
        new Command { Delete = new Delete { Key = key } }.ToByteArray(),
        $"delete {key}",
        new DeleteInput(key, WriteCondition.None));

    private static Request Get(string key, RequestType kind) => new(
        kind,
        new KeyQuery { Get = key }.ToByteArray(),
        $"get {key}{How(kind)}",
        new GetInput(key));

    private static string How(RequestType kind) => kind switch
    {
        RequestType.StaleQuery => " (stale)",
        RequestType.LeaseQuery => " (lease)",
        RequestType.FollowerQuery => " (follower)",
        _ => "",
    };
}
