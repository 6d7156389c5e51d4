namespace Raft.Simulation.Histories;

/// <summary>
/// An operation of a client and its answer, as the client saw them. Operations that are known not to have happened, such as
/// refused ones, do not belong in a history; leave them out.
/// </summary>
/// <typeparam name="TInput">What was asked. Equal inputs must mean the same, whoever asked.</typeparam>
/// <typeparam name="TOutput">What was answered.</typeparam>
/// <param name="Client">Who called.</param>
/// <param name="Input">What was asked.</param>
/// <param name="Output">The answer; ignored where <paramref name="Returned"/> is null.</param>
/// <param name="Invoked">
/// When it was called: a number of a step, not a time. Every operation and every answer has its own; equal numbers count as
/// concurrent.
/// </param>
/// <param name="Returned">
/// When it was answered, counted as <paramref name="Invoked"/>. Null where the outcome is unknown: the operation took effect at
/// any moment after <paramref name="Invoked"/>, even one after the end of the history, or never.
/// </param>
public sealed record Operation<TInput, TOutput>(string Client, TInput Input, TOutput? Output, long Invoked, long? Returned)
{
    /// <summary>Whether the operation was answered.</summary>
    public bool IsKnown => Returned is not null;
}
