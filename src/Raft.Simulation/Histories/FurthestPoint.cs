namespace Raft.Simulation.Histories;

/// <summary>The latest answer that a search had to explain next, and the states that it could do so from.</summary>
internal sealed class FurthestPoint<TState>
    where TState : notnull
{
    /// <summary>States that are kept, at the most.</summary>
    public const int MaxStates = 4;

    private readonly TState[] _states = new TState[MaxStates];
    private int _count;

    /// <summary>Number of the operation; -1 before the first.</summary>
    public int Due { get; private set; }

    /// <summary>Whether there were more states than are kept.</summary>
    public bool HasMoreStates { get; private set; }

    /// <summary>The states, in the order in which they were found.</summary>
    public IReadOnlyList<TState> States => _states[.._count];

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Due = -1;
        _count = 0;
        HasMoreStates = false;
    }

    /// <summary>The search explores this state, and this answer is due in it.</summary>
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
