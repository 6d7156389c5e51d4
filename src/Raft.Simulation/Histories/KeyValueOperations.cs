using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Simulation.Histories;

/// <summary>An input of the key-value store.</summary>
/// <param name="Key">The key that it concerns.</param>
internal abstract record KeyValueInput(string Key);

/// <summary>Sets the key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as text. A history is most conclusive if all written values differ.</param>
/// <param name="Condition">The condition of the write.</param>
internal sealed record PutInput(string Key, string Value, WriteCondition Condition) : KeyValueInput(Key);

/// <summary>Removes the key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Condition">The condition of the write.</param>
internal sealed record DeleteInput(string Key, WriteCondition Condition) : KeyValueInput(Key);

/// <summary>Reads the key. A checked history may contain only linearizable reads.</summary>
/// <param name="Key">The key.</param>
internal sealed record GetInput(string Key) : KeyValueInput(Key);

/// <summary>An output of the key-value store.</summary>
internal abstract record KeyValueOutput;

/// <summary>The output of a write.</summary>
/// <param name="Outcome">
/// The outcome. <see cref="WriteOutcome.Invalid"/> fits no state: such an operation changes nothing, so leave it out.
/// </param>
/// <param name="Revision">The revision, as in <see cref="KeyValueWrite.Revision"/>.</param>
internal sealed record WriteOutput(WriteOutcome Outcome, long Revision) : KeyValueOutput;

/// <summary>The output of a read.</summary>
/// <param name="Value">The value as text; null if the key does not exist.</param>
/// <param name="Revision">The revision of the value; 0 if the key does not exist.</param>
internal sealed record GetOutput(string? Value, long Revision) : KeyValueOutput;
