using System.Diagnostics;
using Raft.Simulation.Clusters;

namespace Raft.Simulation;

/// <summary>Simulates clusters of the real actors, one run for each seed.</summary>
/// <param name="options">What is simulated.</param>
/// <example>
/// <code>
/// var simulator = new Simulator(new SimulationOptions { Faults = FaultOptions.All });
/// var report = simulator.Run(new SeedRange(1, 1000));
/// Assert.Empty(report.Failures);
/// </code>
/// </example>
public sealed class Simulator(SimulationOptions options)
{
    /// <summary>What is simulated.</summary>
    public SimulationOptions Options { get; } = options.Checked();

    /// <summary>Runs one seed, in this thread.</summary>
    /// <param name="seed">The seed.</param>
    public RunResult Run(long seed) => new SimulationRun(RunPlan.Of(Options, seed)).Run();

    /// <summary>Runs a failing seed again, makes it as small as it can, and keeps all that happens in what is left.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="command">The command that runs the seed again, for the diagram.</param>
    /// <param name="cancellationToken">Ends the search for a smaller run; the smallest so far is returned.</param>
    /// <exception cref="ArgumentException">The seed does not fail.</exception>
    public Investigation Investigate(long seed, string command, CancellationToken cancellationToken = default)
    {
        var plan = RunPlan.Of(Options, seed);
        var original = new SimulationRun(plan).Run();
        if (original.Violation is null) throw new ArgumentException($"Seed {seed} violates no property.", nameof(seed));
        var (smallest, shrunken) = Shrinker.Shrink(plan, original, cancellationToken);
        var trace = new SimulationRun(smallest, new TraceRecorder())
            .RunTraced($"Seed {seed}: {original.Violation.Check} violated", command);
        return new Investigation(
            original,
            shrunken,
            smallest.Options.Nodes,
            [.. smallest.Faults.Select(f => f.ToString())],
            (int)shrunken.Operations,
            trace);
    }

    /// <summary>Runs seeds, several at a time: one in each thread.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="parallelism">How many at a time; 0 takes all cores.</param>
    /// <param name="stopAtFirst">Whether to begin no further run once one has failed.</param>
    /// <param name="progress">Called after each run, by one thread at a time.</param>
    /// <param name="cancellationToken">Begins no further run; the report has those that were run.</param>
    public SimulationReport Run(
        SeedRange seeds,
        int parallelism = 0,
        bool stopAtFirst = false,
        Action<RunResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
#pragma warning disable RS0030 // Threads share out whole runs, and a stopwatch measures them; no run sees either.
        var time = Stopwatch.StartNew();
        var totals = new Totals(Options.Nodes);
        var next = seeds.First - 1;
        void Work()
        {
            while (!cancellationToken.IsCancellationRequested && !(stopAtFirst && totals.HasFailures))
            {
                var seed = Interlocked.Increment(ref next);
                if (seed > seeds.Last) return;
                totals.Add(Run(seed), progress);
            }
        }

        var workers = Enumerable.Range(0, parallelism > 0 ? parallelism : Environment.ProcessorCount)
            .Select(i => new Thread(Work) { Name = $"simulation {i}", IsBackground = true })
            .ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        return totals.ToReport(time.Elapsed);
#pragma warning restore RS0030
    }
}
