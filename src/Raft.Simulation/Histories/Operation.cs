namespace Raft.Simulation.Histories;

/// <summary>
/// An operation of a client and its output, as the client observed them. Leave out operations that are known to have had no
/// effect, such as rejected ones.
/// </summary>
/// <typeparam name="TInput">The input. Equal inputs must mean the same, whichever client sends them.</typeparam>
/// <typeparam name="TOutput">The output.</typeparam>
/// <param name="Client">The client that invoked the operation.</param>
/// <param name="Input">The input.</param>
/// <param name="Output">The output; ignored if <paramref name="Returned"/> is null.</param>
/// <param name="Invoked">
/// The step at which it was invoked, not a time. Every invocation and every response has its own number; equal numbers count as
/// concurrent.
/// </param>
/// <param name="Returned">
/// The step at which it returned. Null if the outcome is unknown: the operation took effect at any moment after
/// <paramref name="Invoked"/>, even after the end of the history, or never.
/// </param>
public sealed record Operation<TInput, TOutput>(string Client, TInput Input, TOutput? Output, long Invoked, long? Returned)
{
    /// <summary>Whether the operation returned.</summary>
    public bool IsKnown => Returned is not null;
}
