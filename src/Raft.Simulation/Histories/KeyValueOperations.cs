using Raft.Actors.StateMachines.KeyValue;

namespace Raft.Simulation.Histories;

/// <summary>What a client asks of the key-value store.</summary>
/// <param name="Key">The key that it is about.</param>
internal abstract record KeyValueInput(string Key);

/// <summary>Sets the key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as text. Histories say most where no two operations write the same.</param>
/// <param name="Condition">When to do it.</param>
internal sealed record PutInput(string Key, string Value, WriteCondition Condition) : KeyValueInput(Key);

/// <summary>Removes the key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Condition">When to do it.</param>
internal sealed record DeleteInput(string Key, WriteCondition Condition) : KeyValueInput(Key);

/// <summary>Reads the key. Only linearizable reads belong in a history that is checked.</summary>
/// <param name="Key">The key.</param>
internal sealed record GetInput(string Key) : KeyValueInput(Key);

/// <summary>What the key-value store answers.</summary>
internal abstract record KeyValueOutput;

/// <summary>The answer to a write.</summary>
/// <param name="Outcome">
/// What became of it. <see cref="WriteOutcome.Invalid"/> fits no state: such an operation changes nothing, so leave it out.
/// </param>
/// <param name="Revision">The revision as <see cref="KeyValueWrite.Revision"/> has it.</param>
internal sealed record WriteOutput(WriteOutcome Outcome, long Revision) : KeyValueOutput;

/// <summary>The answer to a read.</summary>
/// <param name="Value">The value as text; null where there is no such key.</param>
/// <param name="Revision">The value's revision; 0 where there is no such key.</param>
internal sealed record GetOutput(string? Value, long Revision) : KeyValueOutput;
