namespace Raft.Programs.Joining;

/// <summary>
/// Decides when a process has to leave its Akka cluster for another one. Gossip takes a moment to reach everybody, so one
/// sighting proves nothing; several in a row of the same process do.
/// </summary>
internal sealed class Islands
{
    /// <summary>Processes of which sightings are counted. Whoever has more of them begins anew.</summary>
    public const int MaxCounted = 64;

    private const int Enough = 3;
    private readonly Dictionary<string, int> _inARow = [];

    /// <summary>Processes of which sightings are counted at the moment.</summary>
    public int Counted => _inARow.Count;

    /// <summary>Takes note of what another process told.</summary>
    /// <returns>Whether to leave this process's cluster for the other's.</returns>
    public bool HasToYield(Sighting mine, Sighting theirs)
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
