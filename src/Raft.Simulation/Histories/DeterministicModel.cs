namespace Raft.Simulation.Histories;

/// <summary>A sequential model whose answer follows from state and input.</summary>
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
/// <typeparam name="TInput">What is asked.</typeparam>
/// <typeparam name="TOutput">What is answered, with equality by value.</typeparam>
public abstract class DeterministicModel<TState, TInput, TOutput> : SequentialModel<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>Does an operation.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What is asked.</param>
    /// <param name="output">The answer.</param>
    /// <returns>The state after; <paramref name="state"/> where the operation changes nothing.</returns>
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
