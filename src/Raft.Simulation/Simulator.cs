using System.Diagnostics;
using Raft.Simulation.Clusters;

namespace Raft.Simulation;

/// <summary>Simulates clusters of the real actors, one run per seed.</summary>
/// <param name="options">The options of the simulation.</param>
/// <example>
/// <code>
/// var simulator = new Simulator(new SimulationOptions { Faults = FaultOptions.All });
/// var report = simulator.Run(new SeedRange(1, 1000));
/// Assert.Empty(report.Failures);
/// </code>
/// </example>
public sealed class Simulator(SimulationOptions options)
{
    /// <summary>The options of the simulation.</summary>
    public SimulationOptions Options { get; } = options.Checked();

    /// <summary>Runs one seed on the calling thread.</summary>
    /// <param name="seed">The seed.</param>
    public RunResult Run(long seed) => new SimulationRun(RunPlan.Of(Options, seed)).Run();

    /// <summary>Repeats a failing seed, shrinks the run as far as possible, and traces the smallest one.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="command">The command that repeats the seed, for the diagram.</param>
    /// <param name="cancellationToken">Ends the search early. The result is then the smallest run so far.</param>
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

    /// <summary>Runs several seeds in parallel, one per thread.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="parallelism">The number of runs at a time; 0 uses all cores.</param>
    /// <param name="stopAtFirst">Whether to start no further runs after the first failure.</param>
    /// <param name="progress">Called after each run, by one thread at a time.</param>
    /// <param name="cancellationToken">Starts no further runs when cancelled. The report has the completed ones.</param>
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
