using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Simulation.Tests.Histories;

/// <summary>
/// Changes of a single output that make a history not linearizable, if all values are written once. Each mutation returns all
/// outputs that it can change, with the wrong ones.
/// </summary>
internal static class Mutation
{
    public delegate IEnumerable<WrongAnswer> Kind(IReadOnlyList<KeyValueOperation> history);

    public static IReadOnlyList<Kind> All { get; } =
    [
        ReadOfAValueNeverWritten,
        ReadOfAnOverwrittenValue,
        ReadThatMissesAWrite,
        ReadOfALaterValue,
        ReadWithAnotherRevision,
        ReadBehindAnotherRead,
        TwoWritesWithOneRevision,
        WriteWithAnOldRevision,
        WriteDoneInSpiteOfItsCondition,
        DeleteThatFindsNothing,
    ];

    private static IEnumerable<WrongAnswer> ReadOfAValueNeverWritten(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        where history[g].Told() > 0
        select new WrongAnswer(g, new GetOutput("never", history[g].Told()));

    /// <summary>A higher revision was returned before the read began.</summary>
    private static IEnumerable<WrongAnswer> ReadOfAnOverwrittenValue(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        from p in Puts(history)
        where SameKey(history, p, g)
            && Before(history, g).Any(x => history[x].Told() > history[p].Told())
        select new WrongAnswer(g, ReadOf(history[p]));

    /// <summary>The same, but a read returned the higher revision.</summary>
    private static IEnumerable<WrongAnswer> ReadBehindAnotherRead(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        from p in Puts(history)
        where SameKey(history, p, g)
            && Before(history, g).Any(x => history[x].Input is GetInput && history[x].Told() > history[p].Told())
        select new WrongAnswer(g, ReadOf(history[p]));

    /// <summary>The key existed before the read began, and nothing can have deleted it since.</summary>
    private static IEnumerable<WrongAnswer> ReadThatMissesAWrite(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        where WasThere(history, g)
        select new WrongAnswer(g, new GetOutput(null, 0));

    private static IEnumerable<WrongAnswer> ReadOfALaterValue(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        from p in Puts(history)
        where SameKey(history, p, g) && history[g].Returned < history[p].Invoked
        select new WrongAnswer(g, ReadOf(history[p]));

    private static IEnumerable<WrongAnswer> ReadWithAnotherRevision(IReadOnlyList<KeyValueOperation> history) =>
        from g in Gets(history)
        from p in Puts(history)
        where SameKey(history, p, g) && ((GetOutput)history[g].Output!).Value == ((PutInput)history[p].Input).Value
        select new WrongAnswer(g, ((GetOutput)history[g].Output! with { Revision = history[g].Told() + 1 }));

    private static IEnumerable<WrongAnswer> TwoWritesWithOneRevision(IReadOnlyList<KeyValueOperation> history) =>
        from p in Puts(history)
        from q in Puts(history)
        where p != q && SameKey(history, p, q)
        select new WrongAnswer(q, Done(history[p].Told()));

    private static IEnumerable<WrongAnswer> WriteWithAnOldRevision(IReadOnlyList<KeyValueOperation> history) =>
        from p in Puts(history)
        from x in Before(history, p)
        where history[x].Told() > 0
        select new WrongAnswer(p, Done(history[x].Told()));

    /// <summary>A higher revision replaced the expected revision before the write began.</summary>
    private static IEnumerable<WrongAnswer> WriteDoneInSpiteOfItsCondition(IReadOnlyList<KeyValueOperation> history) =>
        from f in Enumerable.Range(0, history.Count)
        where history[f] is { IsKnown: true, Input: PutInput, Output: WriteOutput { Outcome: WriteOutcome.ConditionFailed } }
            && history[f].Expected() > 0
            && Before(history, f).Any(x => history[x].Told() > history[f].Expected())
        select new WrongAnswer(f, Done(history.Max(o => o.Told()) + 1));

    private static IEnumerable<WrongAnswer> DeleteThatFindsNothing(IReadOnlyList<KeyValueOperation> history) =>
        from d in Enumerable.Range(0, history.Count)
        where history[d] is { IsKnown: true, Input: DeleteInput, Output: WriteOutput { Outcome: WriteOutcome.Done } }
            && WasThere(history, d)
        select new WrongAnswer(d, new WriteOutput(WriteOutcome.NotFound, 0));

    private static IEnumerable<int> Gets(IReadOnlyList<KeyValueOperation> history) =>
        Enumerable.Range(0, history.Count).Where(i => history[i] is { IsKnown: true, Input: GetInput });

    private static IEnumerable<int> Puts(IReadOnlyList<KeyValueOperation> history) =>
        Enumerable.Range(0, history.Count).Where(i => IsDone(history[i]) && history[i].Input is PutInput);

    /// <summary>The operations on the same key that returned before this one was invoked.</summary>
    private static IEnumerable<int> Before(IReadOnlyList<KeyValueOperation> history, int position) =>
        Enumerable.Range(0, history.Count)
            .Where(i => SameKey(history, i, position) && history[i].Returned < history[position].Invoked);

    private static bool WasThere(IReadOnlyList<KeyValueOperation> history, int position) =>
        Before(history, position).Any(x =>
            history[x].Told() > 0
            && history[x].Input is not DeleteInput
            && !Enumerable.Range(0, history.Count).Any(d => d != position && MayDelete(history, d, x, position)));

    private static bool MayDelete(IReadOnlyList<KeyValueOperation> history, int delete, int from, int to) =>
        SameKey(history, delete, to)
        && history[delete].Input is DeleteInput
        && (!history[delete].IsKnown || IsDone(history[delete]))
        && history[delete].Invoked < history[to].Returned
        && (history[delete].Returned ?? long.MaxValue) > history[from].Invoked;

    private static bool IsDone(KeyValueOperation operation) =>
        operation is { IsKnown: true, Output: WriteOutput { Outcome: WriteOutcome.Done } };

    private static bool SameKey(IReadOnlyList<KeyValueOperation> history, int a, int b) =>
        history[a].Input.Key == history[b].Input.Key;

    private static GetOutput ReadOf(KeyValueOperation put) => new GetOutput(((PutInput)put.Input).Value, put.Told());

    private static WriteOutput Done(long revision) => new WriteOutput(WriteOutcome.Done, revision);
}

/// <summary>An output to put into a history, and its position.</summary>
internal sealed record WrongAnswer(int Position, KeyValueOutput Output);
