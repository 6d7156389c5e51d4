namespace Raft.Simulation.Engine;

/// <summary>How long a message travels, or a disk works, where nothing is wrong.</summary>
/// <param name="Min">At the least.</param>
/// <param name="Max">At the most.</param>
internal readonly record struct Latency(TimeSpan Min, TimeSpan Max)
{
    public TimeSpan Draw(SeededRandom random) => random.Between(Min, Max);
}
