namespace Raft.Simulation.Histories;

/// <summary>
/// The steps of a history in order. Steps can be removed, and restored in reverse order, in constant time (Lowe, "Testing for
/// linearizability", 2017). They are numbered from 1; 0 is before the first and after the last.
/// </summary>
internal sealed class LinkedSteps
{
    private int[] _next = new int[256];
    private int[] _previous = new int[256];

    /// <summary>The first step, or 0.</summary>
    public int First => _next[0];

    /// <summary>Clears the list, with room for steps up to <paramref name="steps"/>.</summary>
    public void Reset(int steps)
    {
        if (_next.Length <= steps)
        {
            _next = new int[steps * 2];
            _previous = new int[steps * 2];
        }

        _next[0] = _previous[0] = 0;
    }

    /// <summary>Returns the step after this one, or 0.</summary>
    public int After(int step) => _next[step];

    /// <summary>Appends a step.</summary>
    public void Append(int step)
    {
        var last = _previous[0];
        _next[last] = step;
        _previous[step] = last;
        _next[step] = 0;
        _previous[0] = step;
    }

    /// <summary>Removes a step.</summary>
    public void Remove(int step)
    {
        _next[_previous[step]] = _next[step];
        _previous[_next[step]] = _previous[step];
    }

    /// <summary>Restores the step that was removed last.</summary>
    public void Restore(int step)
    {
        _next[_previous[step]] = step;
        _previous[_next[step]] = step;
    }
}
