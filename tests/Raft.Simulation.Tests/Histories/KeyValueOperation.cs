global using KeyValueOperation =
    Raft.Simulation.Histories.Operation<Raft.Simulation.Histories.KeyValueInput, Raft.Simulation.Histories.KeyValueOutput>;

using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Simulation.Tests.Histories;

/// <summary>A client of one key: <c>c1.Put("7", 10, 20, revision: 3)</c> was invoked at 10 and returned at 20.</summary>
internal sealed record Caller(string Name, string Key = "k1")
{
    public KeyValueOperation Put(string value, long from, long to, long revision, WriteCondition condition = default) =>
        Known(new PutInput(Key, value, condition), new WriteOutput(WriteOutcome.Done, revision), from, to);

    public KeyValueOperation PutUnknown(string value, long from, WriteCondition condition = default) =>
        new(Name, new PutInput(Key, value, condition), Output: null, from, Returned: null);

    public KeyValueOperation PutFails(string value, long from, long to, long revision, WriteCondition condition) =>
        Known(new PutInput(Key, value, condition), new WriteOutput(WriteOutcome.ConditionFailed, revision), from, to);

    public KeyValueOperation Delete(long from, long to, long revision, WriteCondition condition = default) =>
        Known(new DeleteInput(Key, condition), new WriteOutput(WriteOutcome.Done, revision), from, to);

    public KeyValueOperation DeleteUnknown(long from, WriteCondition condition = default) =>
        new(Name, new DeleteInput(Key, condition), Output: null, from, Returned: null);

    public KeyValueOperation DeleteFails(long from, long to, long revision, WriteCondition condition) =>
        Known(new DeleteInput(Key, condition), new WriteOutput(WriteOutcome.ConditionFailed, revision), from, to);

    public KeyValueOperation DeleteFindsNothing(long from, long to, WriteCondition condition = default) =>
        Known(new DeleteInput(Key, condition), new WriteOutput(WriteOutcome.NotFound, 0), from, to);

    public KeyValueOperation Get(string? value, long from, long to, long revision) =>
        Known(new GetInput(Key), new GetOutput(value, revision), from, to);

    public KeyValueOperation GetAbsent(long from, long to) => Get(null, from, to, 0);

    public KeyValueOperation GetUnknown(long from) => new(Name, new GetInput(Key), Output: null, from, Returned: null);

    private KeyValueOperation Known(KeyValueInput input, KeyValueOutput output, long from, long to) =>
        new(Name, input, output, from, to);
}
