using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// The seeds that a scenario runs with. Each draws a different order of the actors that can run at the same time.
/// </summary>
public sealed class ScheduleSeeds : TheoryData<long>
{
    public ScheduleSeeds() => AddRange(1, 2, 3, 4, 5);
}
