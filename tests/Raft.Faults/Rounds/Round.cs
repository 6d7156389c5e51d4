using Raft.Faults.Checks;
using Raft.Faults.Load;

namespace Raft.Faults.Rounds;

/// <summary>What a round measured, and all that its clients saw.</summary>
/// <param name="Name">The round's name, with which its keys begin.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Recorder">Its calls.</param>
/// <param name="Outage">The longest time without an acknowledged write, from the fault to the end.</param>
/// <param name="ServesAfter">How long after the fault's end every node served reads and writes.</param>
/// <param name="IsLate">Whether that was later than the fault excuses.</param>
/// <param name="NeedlessElections">Elections that the fault does not justify.</param>
internal sealed record Round(
    string Name, RoundKeys Keys, Recorder Recorder, TimeSpan Outage, TimeSpan ServesAfter, bool IsLate, int NeedlessElections)
{
    /// <summary>Acknowledged keys that were not there at a look through a node.</summary>
    public HashSet<string> MissingKeys { get; } = [];

    /// <summary>What the history came to; checked anew after each look.</summary>
    public HistoryVerdict Verdict { get; set; } = new(0, 0, 0, []);

    /// <summary>Writes that were acknowledged.</summary>
    public int Writes => Recorder.Acknowledged.Count;

    /// <summary>Acknowledged writes that are gone.</summary>
    public int LostWrites => Verdict.LostWrites + MissingKeys.Count;

    /// <summary>Whether all that was promised was kept, and in time.</summary>
    public bool IsSound => LostWrites + Verdict.StaleReads + Verdict.Wrong == 0 && !IsLate;
}
