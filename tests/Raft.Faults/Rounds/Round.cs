using Raft.Faults.Checks;
using Raft.Faults.Load;

namespace Raft.Faults.Rounds;

/// <summary>The measurements of a round, and everything that its clients observed.</summary>
/// <param name="Name">The name of the round, which its keys start with.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Recorder">Its calls.</param>
/// <param name="Outage">The longest time without an acknowledged write, from the fault to the end.</param>
/// <param name="ServesAfter">The time after the fault's end until every node served reads and writes.</param>
/// <param name="IsLate">Whether that is more than the fault allows.</param>
/// <param name="NeedlessElections">Elections that the fault does not justify.</param>
internal sealed record Round(
    string Name, RoundKeys Keys, Recorder Recorder, TimeSpan Outage, TimeSpan ServesAfter, bool IsLate, int NeedlessElections)
{
    /// <summary>The acknowledged keys that were missing when they were read through a node.</summary>
    public HashSet<string> MissingKeys { get; } = [];

    /// <summary>The verdict on the history, updated after each final look.</summary>
    public HistoryVerdict Verdict { get; set; } = new(0, 0, 0, []);

    /// <summary>The number of acknowledged writes.</summary>
    public int Writes => Recorder.Acknowledged.Count;

    /// <summary>The number of acknowledged writes that are lost.</summary>
    public int LostWrites => Verdict.LostWrites + MissingKeys.Count;

    /// <summary>Whether every guarantee was kept, and in time.</summary>
    public bool IsSound => LostWrites + Verdict.StaleReads + Verdict.Wrong == 0 && !IsLate;
}
