namespace Raft.Simulation.Histories;

/// <summary>The result of a search.</summary>
internal enum SearchResult
{
    /// <summary>It reached a limit.</summary>
    Undecided = 0,

    /// <summary>It found an order.</summary>
    Found = 1,

    /// <summary>There is no order.</summary>
    Excluded = 2,
}

/// <summary>
/// Searches for an order of the operations of a history that explains their outputs: depth first (Wing and Gong, "Testing and
/// verifying concurrent objects", 1993), trying an operation only when the next response is due (Lowe, "Testing for
/// linearizability", 2017), and visiting no configuration twice. Three reductions keep operations of unknown outcome from
/// multiplying the work. None of them excludes a possible order:
/// <list type="bullet">
/// <item>of two configurations that differ only in operations of unknown outcome, the one that used more is dropped;</item>
/// <item>an operation of unknown outcome is not placed before an operation to which it makes no difference;</item>
/// <item>of equal operations, the oldest is used first.</item>
/// </list>
/// The search is not thread-safe. The next search reuses its memory.
/// </summary>
internal sealed class LinearizationSearch<TState, TInput, TOutput>(SequentialModel<TState, TInput, TOutput> model)
    where TState : notnull
    where TInput : notnull
{
    private readonly LoadedHistory<TState, TInput, TOutput> _history = new(model);
    private readonly LinkedSteps _known = new();
    private readonly LinkedSteps _unknown = new();
    private readonly ConfigurationSet<TState, TInput, TOutput> _seen = new(model);
    private Frame[] _frames = new Frame[64];
    private ulong[] _knownPlaced = [];
    private ulong[] _unknownPlaced = [];
    private int _unknownWords;
    private ulong _knownHash;
    private int _depth;

    /// <summary>The number of explored configurations.</summary>
    public long Explored { get; private set; }

    /// <summary>The number of times an operation was tried in a configuration.</summary>
    public long Tried { get; private set; }

    /// <summary>
    /// The furthest point of the search. After <see cref="SearchResult.Excluded"/>: the response that no order explains.
    /// </summary>
    public FurthestPoint<TState> Furthest { get; } = new();

    /// <summary>The position in the history of the operation that <see cref="Furthest"/> names.</summary>
    public int FurthestPosition => _history.PositionOf(Furthest.Due);

    /// <summary>Searches.</summary>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="maxExplored">The maximum number of configurations to explore.</param>
    /// <param name="maxTried">The maximum number of operations to try.</param>
    /// <param name="ignored">
    /// Which outputs to ignore, by position in the history: such an operation took effect before its end, or never.
    /// </param>
    /// <exception cref="ArgumentException">An operation returned before it was invoked.</exception>
    public SearchResult Run(
        IReadOnlyList<Operation<TInput, TOutput>> history,
        long maxExplored,
        long maxTried = long.MaxValue,
        bool[]? ignored = null)
    {
        Reset(history, ignored);
        Enter(model.Initial, due: 0, highest: -1);
        while (_frames[_depth].Due < _history.Known)
        {
            if (Explored >= maxExplored || Tried >= maxTried) return SearchResult.Undecided;
            if (NextCandidate(ref _frames[_depth], out var next) is var operation && operation >= 0)
            {
                if (TryPlace(operation, next, out var due, out var highest))
                {
                    _depth++;
                    Enter(next, due, highest);
                }
                else
                {
                    TakeBack(operation);
                }
            }
            else if (_depth == 0)
            {
                return SearchResult.Excluded;
            }
            else
            {
                TakeBack(_frames[--_depth].Placed);
            }
        }

        return SearchResult.Found;
    }

    private void Reset(IReadOnlyList<Operation<TInput, TOutput>> history, bool[]? ignored)
    {
        _history.Load(history, ignored, _known, _unknown);
        _seen.Reset();
        Furthest.Reset();
        var knownWords = (_history.Known + 63) / 64;
        _unknownWords = (_history.Count - _history.Known + 63) / 64;
        if (_knownPlaced.Length <= knownWords) _knownPlaced = new ulong[(knownWords * 2) + 2];
        if (_unknownPlaced.Length < _unknownWords) _unknownPlaced = new ulong[_unknownWords * 2];
        if (_frames.Length <= _history.Count) _frames = new Frame[(_history.Count * 2) + 1];
        Array.Clear(_knownPlaced);
        Array.Clear(_unknownPlaced);
        _knownHash = 0;
        _depth = 0;
        Explored = 0;
        Tried = 0;
    }

    /// <summary>Continues from a configuration. A read that fits the current state can take effect immediately.</summary>
    private void Enter(TState state, int due, int highest)
    {
        Explored++;
        ref var frame = ref _frames[_depth];
        frame = new Frame(state, due, highest);
        if (due == _history.Known) return;

        Furthest.Note(due, state);
        for (var step = _known.First; IsBegin(step); step = _known.After(step))
        {
            var operation = OperationOf(step);
            if (!_history.IsReadOnly(operation) || !TryApply(state, operation, out var next) || !AreEqual(state, next)) continue;
            frame.Stage = Stage.Forced;
            frame.Step = step;
            return;
        }
    }

    /// <summary>
    /// Returns the next operation to take effect in a configuration, and the state after it; -1 if none is left.
    /// </summary>
    private int NextCandidate(ref Frame frame, out TState next)
    {
        switch (frame.Stage)
        {
            case Stage.Forced:
                frame.Stage = Stage.Exhausted;
                next = frame.State;
                return frame.Placed = OperationOf(frame.Step);

            case Stage.Due:
                frame.Stage = Stage.Overlooked;
                if (TryStep(frame.State, frame.Due, out next)) return frame.Placed = frame.Due;
                goto case Stage.Overlooked;

            case Stage.Overlooked:
                frame.Stage = Stage.Known;
                frame.Step = _known.First;
                next = frame.State;
                if (_history.IsIgnored(frame.Due)) return frame.Placed = frame.Due;
                goto case Stage.Known;

            case Stage.Known:
                while (IsBegin(frame.Step))
                {
                    var operation = OperationOf(frame.Step);
                    frame.Step = _known.After(frame.Step);
                    if (operation != frame.Due && TryStep(frame.State, operation, out next)) return frame.Placed = operation;
                }

                frame.Stage = Stage.Unknown;
                frame.Step = _unknown.First;
                goto case Stage.Unknown;

            case Stage.Unknown:
                while (frame.Step != 0 && _history[OperationOf(frame.Step)].Invoked <= _history[frame.Due].Returned)
                {
                    var operation = OperationOf(frame.Step);
                    frame.Step = _unknown.After(frame.Step);
                    if (IsFirstTwin(operation) && TryStep(frame.State, operation, out next)) return frame.Placed = operation;
                }

                frame.Stage = Stage.Exhausted;
                break;
        }

        next = default!;
        return -1;
    }

    /// <summary>
    /// Whether an operation can take effect now, and only because of the operation of unknown outcome just before it.
    /// </summary>
    private bool TryStep(TState state, int operation, out TState next)
    {
        if (!TryApply(state, operation, out next)) return false;
        if (_depth == 0) return true;
        ref var before = ref _frames[_depth - 1];
        return IsKnown(before.Placed) || !TryApply(before.State, operation, out var without) || !model.Covers(without, next);
    }

    private bool TryApply(TState state, int number, out TState next)
    {
        Tried++;
        var operation = _history[number];
        return IsKnown(number) && !_history.IsIgnored(number)
            ? model.TryApply(state, operation.Input, operation.Output!, out next)
            : model.TryApplyUnknown(state, operation.Input, out next) && !model.Covers(state, next);
    }

    private bool TryPlace(int operation, TState next, out int due, out int highest)
    {
        ref var frame = ref _frames[_depth];
        due = frame.Due;
        highest = frame.Highest;
        if (IsKnown(operation))
        {
            _known.Remove((2 * operation) + 1);
            _known.Remove((2 * operation) + 2);
            Flip(_knownPlaced, operation);
            _knownHash ^= HashOf(operation);
            highest = Math.Max(highest, operation);
            while (IsSet(_knownPlaced, due)) due++;
        }
        else
        {
            _unknown.Remove((2 * operation) + 1);
            Flip(_unknownPlaced, operation - _history.Known);
        }

        var first = due / 64;
        var words = highest < due ? 0 : (highest / 64) - first + 1;
        return _seen.Add(due, _knownPlaced.AsSpan(first, words), _knownHash, _unknownPlaced.AsSpan(0, _unknownWords), next);
    }

    private void TakeBack(int operation)
    {
        if (IsKnown(operation))
        {
            _knownHash ^= HashOf(operation);
            Flip(_knownPlaced, operation);
            _known.Restore((2 * operation) + 2);
            _known.Restore((2 * operation) + 1);
        }
        else
        {
            Flip(_unknownPlaced, operation - _history.Known);
            _unknown.Restore((2 * operation) + 1);
        }
    }

    private bool IsKnown(int operation) => operation < _history.Known;

    private bool IsFirstTwin(int operation) =>
        _history.TwinOf(operation) is var twin && (twin < 0 || IsSet(_unknownPlaced, twin - _history.Known));

    /// <summary>
    /// Whether a step of an operation of known outcome is its invocation; step 0, the end of the list, is not.
    /// </summary>
    private static bool IsBegin(int step) => (step & 1) == 1;

    private static int OperationOf(int step) => (step - 1) / 2;

    private static bool IsSet(ulong[] bits, int bit) => (bits[bit / 64] >> (bit % 64) & 1) == 1;

    private static void Flip(ulong[] bits, int bit) => bits[bit / 64] ^= 1UL << (bit % 64);

    private static bool AreEqual(TState a, TState b) => EqualityComparer<TState>.Default.Equals(a, b);

    /// <summary>The finalizer of SplitMix64. The hash of a set is the exclusive or of the hashes of its operations.</summary>
    private static ulong HashOf(int operation)
    {
        var x = (ulong)(operation + 1) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>The candidates of a configuration that are tried next.</summary>
    private enum Stage
    {
        /// <summary>The operation whose response is due.</summary>
        Due = 0,

        /// <summary>The same operation without effect, if its output is to be ignored.</summary>
        Overlooked,

        /// <summary>Other operations of known outcome.</summary>
        Known,

        /// <summary>Operations of unknown outcome.</summary>
        Unknown,

        /// <summary>An operation that reads the current state; no others.</summary>
        Forced,

        /// <summary>None.</summary>
        Exhausted,
    }

    /// <summary>A configuration on the path from the first to the current one.</summary>
    private struct Frame(TState state, int due, int highest)
    {
        /// <summary>The state.</summary>
        public readonly TState State = state;

        /// <summary>The next response of the operations that did not take effect.</summary>
        public readonly int Due = due;

        /// <summary>The last response of the operations that took effect; -1 before the first.</summary>
        public readonly int Highest = highest;

        /// <summary>What to try next.</summary>
        public Stage Stage;

        /// <summary>The position in the list to try next.</summary>
        public int Step;

        /// <summary>The operation that took effect last from here.</summary>
        public int Placed;
    }
}
