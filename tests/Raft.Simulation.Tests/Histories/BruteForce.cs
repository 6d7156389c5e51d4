using Raft.Actors.StateMachines.KeyValue;
using Raft.Simulation.Histories;

namespace Raft.Simulation.Tests.Histories;

/// <summary>
/// Tries all orders of a small history: slow, and too simple to be wrong. It shares no code with the checker.
/// </summary>
internal static class BruteForce
{
    /// <summary>
    /// Applies an operation to a concrete state: returns all states after it; none if its output does not fit.
    /// </summary>
    public delegate IEnumerable<TState> Step<TState, TInput, TOutput>(TState state, Operation<TInput, TOutput> operation);

    public static bool IsLinearizable<TState, TInput, TOutput>(
        IReadOnlyList<Operation<TInput, TOutput>> history, TState initial, Step<TState, TInput, TOutput> step)
    {
        return Search([.. history], initial);

        bool Search(List<Operation<TInput, TOutput>> left, TState state)
        {
            if (left.TrueForAll(o => o.Returned is null)) return true;
            foreach (var operation in left)
            {
                if (left.Exists(o => o.Returned < operation.Invoked)) continue;
                var rest = left.FindAll(o => !ReferenceEquals(o, operation));
                if (step(state, operation).Any(next => Search(rest, next))) return true;
            }

            return false;
        }
    }

    /// <summary>One key of the store. A write of unknown outcome gets any free revision.</summary>
    public static IEnumerable<KeyState> StepOfKey(KeyState state, KeyValueOperation operation, long highestRevision)
    {
        if (operation.Returned is null) return UnknownStepOfKey(state, operation.Input, highestRevision);
        var write = operation.Output as WriteOutput;
        switch (operation.Input)
        {
            case GetInput:
                var get = (GetOutput)operation.Output!;
                return get.Value == state.Value && get.Revision == state.Revision ? [state] : [];

            case PutInput put:
                if (put.Condition.ExpectedRevision is { } expected && expected != state.Revision)
                    return IsAnswer(WriteOutcome.ConditionFailed, state.Revision) ? [state] : [];
                return write!.Outcome == WriteOutcome.Done && write.Revision > state.Highest
                    ? [new KeyState(put.Value, write.Revision, write.Revision)]
                    : [];

            case DeleteInput delete:
                if (delete.Condition.ExpectedRevision is { } wanted && wanted != state.Revision)
                    return IsAnswer(WriteOutcome.ConditionFailed, state.Revision) ? [state] : [];
                if (state.Value is null) return IsAnswer(WriteOutcome.NotFound, 0) ? [state] : [];
                return IsAnswer(WriteOutcome.Done, state.Revision) ? [new KeyState(null, 0, state.Highest)] : [];

            default:
                throw new ArgumentException("No such operation.", nameof(operation));
        }

        bool IsAnswer(WriteOutcome outcome, long revision) => write!.Outcome == outcome && write.Revision == revision;
    }

    private static IEnumerable<KeyState> UnknownStepOfKey(KeyState state, KeyValueInput input, long highestRevision)
    {
        switch (input)
        {
            case PutInput put when (put.Condition.ExpectedRevision ?? state.Revision) == state.Revision:
                for (var revision = state.Highest + 1; revision <= highestRevision + 1; revision++)
                    yield return new KeyState(put.Value, revision, revision);
                break;

            case DeleteInput delete when state.Value is not null
                && (delete.Condition.ExpectedRevision ?? state.Revision) == state.Revision:
                yield return new KeyState(null, 0, state.Highest);
                break;
        }
    }

    public readonly record struct KeyState(string? Value, long Revision, long Highest);
}
