namespace Raft.Simulation.Histories;

/// <summary>The latest response that a search had to explain next, and the states from which it tried.</summary>
internal sealed class FurthestPoint<TState>
    where TState : notnull
{
    /// <summary>The maximum number of states that are kept.</summary>
    public const int MaxStates = 4;

    private readonly TState[] _states = new TState[MaxStates];
    private int _count;

    /// <summary>The number of the operation; -1 before the first.</summary>
    public int Due { get; private set; }

    /// <summary>Whether there were more states than are kept.</summary>
    public bool HasMoreStates { get; private set; }

    /// <summary>The states, in the order in which they were found.</summary>
    public IReadOnlyList<TState> States => _states[.._count];

    /// <summary>Resets the object.</summary>
    public void Reset()
    {
        Due = -1;
        _count = 0;
        HasMoreStates = false;
    }

    /// <summary>Records that the search visits this state, in which this response is due.</summary>
    public void Note(int due, TState state)
    {
        if (due < Due) return;
        if (due > Due)
        {
            Due = due;
            _count = 0;
            HasMoreStates = false;
        }

        if (Array.IndexOf(_states, state, 0, _count) >= 0) return;
        if (_count == MaxStates)
            HasMoreStates = true;
        else
            _states[_count++] = state;
    }
}
