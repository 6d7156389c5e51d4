using Raft.Simulation.Clusters;
using Raft.Simulation.Engine;
using Raft.Simulation.Faults;
using Xunit;

namespace Raft.Simulation.Tests.Runs;

/// <summary>A run is a function of seed, options and code, and of nothing else.</summary>
public sealed class DeterminismTests
{
    private static readonly SimulationOptions Options = new()
    {
        Faults = FaultOptions.All,
        Duration = TimeSpan.FromSeconds(10),
    };

    [Fact]
    public void A_seed_gives_the_same_run_again_whatever_ran_before_it_in_this_thread()
    {
        var simulator = new Simulator(Options);
        var first = simulator.Run(7);

        for (var other = 100; other < 105; other++) simulator.Run(other);

        Assert.Equal(Describe(first), Describe(simulator.Run(7)));
    }

    [Fact]
    public void A_seed_gives_the_same_run_in_a_thread_that_ran_nothing_before()
    {
        var simulator = new Simulator(Options);
        simulator.Run(8);
        var here = simulator.Run(9);
        RunResult? there = null;

        var thread = new Thread(() => there = simulator.Run(9));
        thread.Start();
        thread.Join();

        Assert.Equal(Describe(here), Describe(there!));
    }

    [Fact]
    public void A_report_does_not_depend_on_how_many_threads_made_it()
    {
        var simulator = new Simulator(Options);

        var one = simulator.Run(new SeedRange(1, 12), parallelism: 1);
        var four = simulator.Run(new SeedRange(1, 12), parallelism: 4);

        Assert.Equal(one.TraceHash, four.TraceHash);
        Assert.Equal(one.Steps, four.Steps);
        Assert.Equal(one.Checks.OrderBy(c => c.Key), four.Checks.OrderBy(c => c.Key));
    }

    [Fact]
    public void Keeping_a_trace_changes_nothing()
    {
        var plan = RunPlan.Of(Options, 11);
        var trace = new SimulationRun(plan, new TraceRecorder()).RunTraced("title", "command");

        Assert.NotEmpty(trace.Events);
        Assert.Equal(
            new SimulationRun(plan).Run().TraceHash, new SimulationRun(plan, new TraceRecorder()).Run().TraceHash);
    }

    [Fact]
    public void Two_seeds_give_two_runs() =>
        Assert.NotEqual(new Simulator(Options).Run(1).TraceHash, new Simulator(Options).Run(2).TraceHash);

    /// <summary>The exact numbers: another machine or another version of .NET draws the same.</summary>
    [Fact]
    public void A_seeds_numbers_are_the_same_on_every_machine()
    {
        var random = new SeededRandom(42, "network");

        Assert.Equal(Expected, Enumerable.Range(0, 6).Select(_ => random.Next(1000)));
        Assert.Equal(0.5, Math.Round(Enumerable.Range(0, 10_000).Average(_ => random.NextDouble()), 2));
    }

    private static readonly int[] Expected = [567, 589, 845, 880, 346, 890];

    private static string Describe(RunResult run) =>
        $"{run.TraceHash:x} {run.Steps} {run.Committed} {run.Elections} {run.Operations} {run.SimulatedTime} {run.Violation}";
}
