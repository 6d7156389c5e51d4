using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Seeds that a scenario runs with: each draws another order of the actors that could run at the same moment.</summary>
public sealed class ScheduleSeeds : TheoryData<long>
{
    public ScheduleSeeds() => AddRange(1, 2, 3, 4, 5);
}
