namespace Raft.Simulation.Histories;

/// <summary>A sequential model whose output is determined by state and input.</summary>
/// <example>
/// A counter that adds and answers with the sum:
/// <code>
/// sealed class Counter : DeterministicModel&lt;long, long, long&gt;
/// {
///     public override long Initial => 0;
///
///     public override long Apply(long state, long input, out long output) => output = state + input;
/// }
///
/// var checker = new LinearizabilityChecker&lt;long, long, long&gt;(new Counter());
/// var verdict = checker.Check(
/// [
///     new("c1", Input: 1, Output: 1, Invoked: 1, Returned: 3),
///     new("c2", Input: 1, Output: 2, Invoked: 2, Returned: 4),
/// ]);
/// </code>
/// </example>
/// <typeparam name="TState">The state: immutable, with equality and hash code by value, such as a record.</typeparam>
/// <typeparam name="TInput">The input of an operation.</typeparam>
/// <typeparam name="TOutput">The output of an operation, with equality by value.</typeparam>
public abstract class DeterministicModel<TState, TInput, TOutput> : SequentialModel<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>Applies an operation.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <returns>The state after the operation; <paramref name="state"/> if it changes nothing.</returns>
    public abstract TState Apply(TState state, TInput input, out TOutput output);

    /// <inheritdoc/>
    public sealed override bool TryApply(TState state, TInput input, TOutput output, out TState after)
    {
        after = Apply(state, input, out var answer);
        return EqualityComparer<TOutput>.Default.Equals(answer, output);
    }

    /// <inheritdoc/>
    public sealed override bool TryApplyUnknown(TState state, TInput input, out TState after)
    {
        after = Apply(state, input, out _);
        return !EqualityComparer<TState>.Default.Equals(state, after);
    }
}
