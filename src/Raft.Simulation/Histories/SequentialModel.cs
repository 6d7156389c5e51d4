namespace Raft.Simulation.Histories;

/// <summary>
/// The behaviour of an object when operations run one after another. A history of concurrent operations is linearizable if each
/// operation can be assigned a moment between its invocation and its response such that, in the order of these moments, the model
/// produces the same outputs (Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990). <para>
/// Derive from <see cref="DeterministicModel{TState,TInput,TOutput}"/> if state and input determine the output. Derive from this
/// class if a state must leave open what no output has revealed yet. </para>
/// </summary>
/// <typeparam name="TState">The state: immutable, with equality and hash code by value, such as a record.</typeparam>
/// <typeparam name="TInput">
/// The input of an operation. With equality by value, equal operations with unknown outcomes are tried only once.
/// </typeparam>
/// <typeparam name="TOutput">The output of an operation.</typeparam>
public abstract class SequentialModel<TState, TInput, TOutput>
    where TState : notnull
    where TInput : notnull
{
    /// <summary>The state before the first operation.</summary>
    public abstract TState Initial { get; }

    /// <summary>Applies an operation whose output is known.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="after">The state after the operation; undefined if the result is false.</param>
    /// <returns>Whether the output is possible in this state.</returns>
    public abstract bool TryApply(TState state, TInput input, TOutput output, out TState after);

    /// <summary>
    /// Applies an operation whose output is unknown. The state after it must accept everything that the state after any of its
    /// possible outputs would accept.
    /// </summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">The input.</param>
    /// <param name="after">The state after the operation; undefined if the result is false.</param>
    /// <returns>Whether the operation changes this state.</returns>
    public abstract bool TryApplyUnknown(TState state, TInput input, out TState after);

    /// <summary>
    /// Returns whether an operation with this output changes nothing in any state, so that the history remains linearizable
    /// without it. The checker places such operations immediately, which is faster. False is always correct.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    public virtual bool IsReadOnly(TInput input, TOutput output) => false;

    /// <summary>
    /// Returns whether every continuation that is possible from <paramref name="other"/> is also possible from <paramref
    /// name="state"/>. The checker then does not explore the other state, which limits the work that operations with unknown
    /// outcomes cause. It is always correct to return true for equal states only.
    /// </summary>
    /// <param name="state">A state.</param>
    /// <param name="other">Another state.</param>
    public virtual bool Covers(TState state, TState other) => EqualityComparer<TState>.Default.Equals(state, other);

    /// <summary>Returns a hash code that is equal for any two states of which one covers the other.</summary>
    /// <param name="state">The state.</param>
    public virtual int CoverHash(TState state) => state.GetHashCode();

    /// <summary>
    /// Describes an operation and its output after the name of the client: <c>put k1 = 7: done at revision 12</c>.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    public virtual string Describe(TInput input, TOutput output) => $"called {input}: {output}";

    /// <summary>Describes a state after "the state can only be": <c>7 at revision 12</c>.</summary>
    /// <param name="state">The state.</param>
    public virtual string Describe(TState state) => state.ToString() ?? "";
}
