using System.Globalization;
using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Simulation.Histories;

/// <summary>
/// The sequential model of one key of the <see cref="KeyValueStore"/>. A revision is the log index of the write that set the
/// value, so revisions increase. Outputs of failed writes count too, because they contain the revision.
/// </summary>
internal sealed class KeyValueModel : SequentialModel<KeyValueState, KeyValueInput, KeyValueOutput>
{
    /// <inheritdoc/>
    public override KeyValueState Initial => KeyValueState.Empty;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A read has the output of a write, or a write that of a read.</exception>
    public override bool TryApply(KeyValueState state, KeyValueInput input, KeyValueOutput output, out KeyValueState after)
    {
        switch (input, output)
        {
            case (GetInput, GetOutput get):
                after = state.At(get.Revision);
                return state.Value == get.Value && state.CanHave(get.Revision);
            case (PutInput put, WriteOutput { Outcome: WriteOutcome.Done } write):
                after = new KeyValueState(put.Value, write.Revision, IsRevisionOpen: false);
                return Allows(state, put.Condition)
                    && write.Revision > Math.Max(state.LastRevision, put.Condition.ExpectedRevision ?? 0);
            case (DeleteInput delete, WriteOutput { Outcome: WriteOutcome.Done } write):
                after = new KeyValueState(null, write.Revision, IsRevisionOpen: false);
                return state.Value is not null
                    && state.CanHave(write.Revision)
                    && (delete.Condition.ExpectedRevision ?? write.Revision) == write.Revision;
            case (DeleteInput delete, WriteOutput { Outcome: WriteOutcome.NotFound } write):
                after = state;
                return state.Value is null && write.Revision == 0 && Allows(state, delete.Condition);
            case (PutInput or DeleteInput, WriteOutput { Outcome: WriteOutcome.ConditionFailed } write):
                after = state.At(write.Revision);
                return state.CanHave(write.Revision)
                    && ConditionOf(input).ExpectedRevision is { } expected
                    && expected != write.Revision;
            case (PutInput or DeleteInput, WriteOutput):
                after = state;
                return false;
            default:
                throw new ArgumentException($"{output} is no answer to {input}.", nameof(output));
        }
    }

    /// <inheritdoc/>
    public override bool TryApplyUnknown(KeyValueState state, KeyValueInput input, out KeyValueState after)
    {
        var condition = ConditionOf(input);
        var last = Math.Max(state.LastRevision, condition.ExpectedRevision ?? 0);
        after = input is PutInput put
            ? new KeyValueState(put.Value, last, IsRevisionOpen: true)
            : new KeyValueState(null, last, IsRevisionOpen: false);
        return input switch
        {
            PutInput => Allows(state, condition),
            DeleteInput => state.Value is not null && Allows(state, condition),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool IsReadOnly(KeyValueInput input, KeyValueOutput output) =>
        output is not WriteOutput { Outcome: WriteOutcome.Done };

    /// <inheritdoc/>
    public override bool Covers(KeyValueState state, KeyValueState other) => state.Covers(other);

    /// <inheritdoc/>
    public override int CoverHash(KeyValueState state) => state.Value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string Describe(KeyValueInput input, KeyValueOutput output) =>
        output is GetOutput get
            ? $"read {input.Key}: {(get.Value is null ? "absent" : Text($"{get.Value} at revision {get.Revision}"))}"
            : $"{DescribeWrite(input)}: {DescribeOutcome((WriteOutput)output)}";

    /// <inheritdoc/>
    public override string Describe(KeyValueState state) =>
        state switch
        {
            { Value: null, LastRevision: 0 } => "absent",
            { Value: null } => Text($"absent after revision {state.LastRevision}"),
            { IsRevisionOpen: true, LastRevision: 0 } => $"{state.Value} at an unknown revision",
            { IsRevisionOpen: true } => Text($"{state.Value} at an unknown revision above {state.LastRevision}"),
            _ => Text($"{state.Value} at revision {state.LastRevision}"),
        };

    private static bool Allows(KeyValueState state, WriteCondition condition) =>
        condition.ExpectedRevision is not { } expected || state.CanHave(expected);

    private static WriteCondition ConditionOf(KeyValueInput input) =>
        input switch
        {
            PutInput put => put.Condition,
            DeleteInput delete => delete.Condition,
            _ => WriteCondition.None,
        };

    private static string DescribeWrite(KeyValueInput input)
    {
        var verb = input is PutInput put ? $"put {put.Key} = {put.Value}" : $"deleted {input.Key}";
        return ConditionOf(input).ExpectedRevision switch
        {
            null => verb,
            0 => $"{verb} if absent",
            var revision => Text($"{verb} if at revision {revision}"),
        };
    }

    private static string DescribeOutcome(WriteOutput output) =>
        output.Outcome switch
        {
            WriteOutcome.Done => Text($"done, revision {output.Revision}"),
            WriteOutcome.ConditionFailed => Text($"condition failed, revision {output.Revision}"),
            WriteOutcome.NotFound => "not found",
            _ => "invalid",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
