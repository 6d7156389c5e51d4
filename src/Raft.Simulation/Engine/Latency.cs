namespace Raft.Simulation.Engine;

/// <summary>The duration of a message's transfer or a disk operation without faults.</summary>
/// <param name="Min">The minimum.</param>
/// <param name="Max">The maximum.</param>
internal readonly record struct Latency(TimeSpan Min, TimeSpan Max)
{
    public TimeSpan Draw(SeededRandom random) => random.Between(Min, Max);
}
