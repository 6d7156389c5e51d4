namespace Raft.Simulation.Histories;

/// <summary>
/// What an object does when operations come one after another. A history of concurrent operations is linearizable if each
/// operation can be given one moment between its begin and its end such that, in the order of these moments, the model gives the
/// same answers (Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990).
/// <para>
/// Derive from <see cref="DeterministicModel{TState,TInput,TOutput}"/> where the answer follows from state and input. Derive
/// from this class where a state must leave open what no answer has told yet.
/// </para>
/// </summary>
/// <typeparam name="TState">The state: immutable, with equality and hash code by value, such as a record.</typeparam>
/// <typeparam name="TInput">
/// What is asked. With equality by value, equal operations of unknown outcome are tried only once.
/// </typeparam>
/// <typeparam name="TOutput">What is answered.</typeparam>
public abstract class SequentialModel<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>The state before the first operation.</summary>
    public abstract TState Initial { get; }

    /// <summary>Does an operation whose answer is known.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What is asked.</param>
    /// <param name="output">What was answered.</param>
    /// <param name="after">The state after; meaningless where the result is false.</param>
    /// <returns>Whether this is an answer in this state.</returns>
    public abstract bool TryApply(TState state, TInput input, TOutput output, out TState after);

    /// <summary>
    /// Does an operation whose answer is not known. The state after it must accept all that the state after any of its possible
    /// answers would accept.
    /// </summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What is asked.</param>
    /// <param name="after">The state after; meaningless where the result is false.</param>
    /// <returns>Whether the operation changes this state.</returns>
    public abstract bool TryApplyUnknown(TState state, TInput input, out TState after);

    /// <summary>
    /// Whether an operation with this answer changes nothing in any state, so that a history stays linearizable without it.
    /// The checker places such operations at once, which makes it faster; false is always correct.
    /// </summary>
    /// <param name="input">What was asked.</param>
    /// <param name="output">What was answered.</param>
    public virtual bool IsReadOnly(TInput input, TOutput output) => false;

    /// <summary>
    /// Whether every continuation of a history that can follow on <paramref name="other"/> can follow on
    /// <paramref name="state"/>, too. The checker then does not explore the other one, which keeps operations of unknown outcome
    /// from multiplying the work where states leave something open; true for equal states only is always correct.
    /// </summary>
    /// <param name="state">A state.</param>
    /// <param name="other">Another.</param>
    public virtual bool Covers(TState state, TState other) => EqualityComparer<TState>.Default.Equals(state, other);

    /// <summary>A hash code that is equal for any two states of which one covers the other.</summary>
    /// <param name="state">The state.</param>
    public virtual int CoverHash(TState state) => state.GetHashCode();

    /// <summary>The operation and its answer, to stand after the client's name: <c>put k1 = 7: done at revision 12</c>.</summary>
    /// <param name="input">What was asked.</param>
    /// <param name="output">What was answered.</param>
    public virtual string Describe(TInput input, TOutput output) => $"called {input}: {output}";

    /// <summary>A state in words, to stand after "the state can only be": <c>7 at revision 12</c>.</summary>
    /// <param name="state">The state.</param>
    public virtual string Describe(TState state) => state.ToString() ?? "";
}
