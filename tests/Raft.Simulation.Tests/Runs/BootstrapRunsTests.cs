using Raft.Simulation.Faults;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>Clusters that are bootstrapped in the run, whose nodes discover each other gradually.</summary>
public sealed class BootstrapRunsTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(5, 3)]
    [InlineData(1, 1)]
    public void Nodes_that_start_apart_late_and_again_found_one_cluster_that_serves(int nodes, int expect)
    {
        var options = new SimulationOptions
        {
            Nodes = nodes,
            BootstrapExpect = expect,
            Duration = TimeSpan.FromSeconds(20),
            Faults = FaultOptions.All,
        };

        var report = new Simulator(options).Run(new SeedRange(1, 10));

        Assert.Empty(report.Failures);
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(3, 4)]
    [InlineData(3, -1)]
    public void Half_of_the_nodes_or_more_than_there_are_can_t_found_one_cluster(int nodes, int expect) =>
        Assert.Equal(
            $"{expect} of {nodes} nodes can't bootstrap a cluster. Use more than half of them, or 0 for fixed members.",
            Assert.Throws<ArgumentException>(
                () => new Simulator(new SimulationOptions { Nodes = nodes, BootstrapExpect = expect })).Message);
}
