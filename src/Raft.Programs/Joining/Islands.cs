namespace Raft.Programs.Joining;

/// <summary>
/// Decides when a process must leave its Akka cluster for another one. Gossip takes a moment to reach all processes, so a single
/// view proves nothing; several in a row of the same process do.
/// </summary>
internal sealed class Islands
{
    /// <summary>The maximum number of processes whose views are counted. Beyond it, counting starts again.</summary>
    public const int MaxCounted = 64;

    private const int Enough = 3;
    private readonly Dictionary<string, int> _inARow = [];

    /// <summary>The number of processes whose views are counted.</summary>
    public int Counted => _inARow.Count;

    /// <summary>Adds a view of another process.</summary>
    /// <returns>Whether to leave the Akka cluster of this process for the other one.</returns>
    public bool HasToYield(AkkaClusterView mine, AkkaClusterView theirs)
    {
        if (!mine.YieldsTo(theirs))
        {
            _inARow.Remove(theirs.Self);
            return false;
        }

        if (_inARow.Count >= MaxCounted && !_inARow.ContainsKey(theirs.Self)) _inARow.Clear();
        return (_inARow[theirs.Self] = _inARow.GetValueOrDefault(theirs.Self) + 1) >= Enough;
    }
}
