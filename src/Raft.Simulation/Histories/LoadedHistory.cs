namespace Raft.Simulation.Histories;

/// <summary>
/// A history in the numbering of the search: first the operations of known outcome, ordered by response, then those of unknown
/// outcome, ordered by invocation.
/// </summary>
internal sealed class LoadedHistory<TState, TInput, TOutput>(SequentialModel<TState, TInput, TOutput> model)
    where TState : notnull
    where TInput : notnull
{
    private readonly Dictionary<TInput, int> _lastTwin = [];
    private Operation<TInput, TOutput>[] _operations = [];
    private int[] _positions = [];
    private bool[] _isReadOnly = [];
    private bool[] _isIgnored = [];
    private int[] _twins = [];
    private long[] _keys = [];
    private int[] _steps = [];

    /// <summary>The number of operations.</summary>
    public int Count { get; private set; }

    /// <summary>The number of operations with a known outcome; these are the first ones.</summary>
    public int Known { get; private set; }

    /// <summary>Returns an operation.</summary>
    public Operation<TInput, TOutput> this[int number] => _operations[number];

    /// <summary>Returns the operation's position in the original history.</summary>
    public int PositionOf(int number) => _positions[number];

    /// <summary>Whether the history remains linearizable without the operation.</summary>
    public bool IsReadOnly(int number) => _isReadOnly[number];

    /// <summary>
    /// Whether to ignore the operation's output: it took effect between its invocation and its end, or never.
    /// </summary>
    public bool IsIgnored(int number) => _isIgnored[number];

    /// <summary>
    /// Returns the last operation of unknown outcome before this one with an equal input; -1 if there is none.
    /// </summary>
    public int TwinOf(int number) => _twins[number];

    /// <summary>Loads a history.</summary>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="ignored">Which outputs to ignore, by position; null for none.</param>
    /// <param name="known">
    /// Receives two steps for each operation of known outcome: its invocation, 2n + 1, and its response, 2n + 2.
    /// </param>
    /// <param name="unknown">Receives one step for each operation n of unknown outcome: 2n + 1.</param>
    /// <exception cref="ArgumentException">An operation returned before it was invoked.</exception>
    public void Load(
        IReadOnlyList<Operation<TInput, TOutput>> history, bool[]? ignored, LinkedSteps known, LinkedSteps unknown)
    {
        Count = history.Count;
        MakeRoom();
        Number(history, ignored);
        known.Reset(2 * Count);
        unknown.Reset(2 * Count);
        LinkKnown(known);
        LinkUnknown(unknown);
    }

    private void Number(IReadOnlyList<Operation<TInput, TOutput>> history, bool[]? ignored)
    {
        Known = 0;
        var last = Count;
        for (var i = 0; i < Count; i++)
        {
            var operation = history[i];
            if (operation.Returned < operation.Invoked)
            {
                throw new ArgumentException(
                    $"Operation {i} was answered at {operation.Returned}, before it was called at {operation.Invoked}.");
            }

            var place = operation.IsKnown ? Known++ : --last;
            _keys[place] = operation.Returned ?? operation.Invoked;
            _positions[place] = i;
        }

        Array.Sort(_keys, _positions, 0, Known);
        Array.Sort(_keys, _positions, Known, Count - Known);
        for (var n = 0; n < Count; n++)
        {
            _operations[n] = history[_positions[n]];
            _isIgnored[n] = n < Known && ignored is not null && ignored[_positions[n]];
            _isReadOnly[n] = n < Known && !_isIgnored[n] && model.IsReadOnly(_operations[n].Input, _operations[n].Output!);
        }
    }

    private void LinkKnown(LinkedSteps known)
    {
        for (var n = 0; n < Known; n++)
        {
            _keys[n] = _operations[n].Invoked;
            _steps[n] = n;
        }

        Array.Sort(_keys, _steps, 0, Known);
        var begun = 0;
        for (var answered = 0; answered < Known; answered++)
        {
            for (; begun < Known && _keys[begun] <= _operations[answered].Returned; begun++)
                known.Append((2 * _steps[begun]) + 1);
            known.Append((2 * answered) + 2);
        }
    }

    private void LinkUnknown(LinkedSteps unknown)
    {
        _lastTwin.Clear();
        for (var n = Known; n < Count; n++)
        {
            unknown.Append((2 * n) + 1);
            _twins[n] = _lastTwin.TryGetValue(_operations[n].Input, out var twin) ? twin : -1;
            _lastTwin[_operations[n].Input] = n;
        }
    }

    private void MakeRoom()
    {
        if (_operations.Length >= Count) return;
        var size = Math.Max(Count, 2 * _operations.Length);
        _operations = new Operation<TInput, TOutput>[size];
        _positions = new int[size];
        _isReadOnly = new bool[size];
        _isIgnored = new bool[size];
        _twins = new int[size];
        _keys = new long[size];
        _steps = new int[size];
    }
}
