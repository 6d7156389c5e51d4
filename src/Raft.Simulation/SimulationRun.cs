using Raft.Simulation.Clusters;
using Raft.Simulation.Engine;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>
/// A run, planned by its seed: a phase with faults and load, then a phase without faults in which the cluster must recover and
/// serve.
/// </summary>
internal sealed class SimulationRun
{
    /// <summary>The time after the last fault within which the cluster must elect, commit, converge and serve.</summary>
    private static readonly TimeSpan RecoveryBound = TimeSpan.FromSeconds(60);

    /// <summary>The share of clusters with fixed members that are bootstrapped in the run.</summary>
    private const double BlankStart = 0.125;

    /// <summary>The number of requests per client that must be done in that time.</summary>
    private const int RequestsInPeace = 3;

    /// <summary>The number of client requests in that time, in addition to the plan's.</summary>
    private const int MaxRecoveryOperations = 500;

    /// <summary>The longest time until a node without a cluster learns another's address.</summary>
    private static readonly TimeSpan LatestDiscovery = TimeSpan.FromSeconds(8);

    private readonly RunPlan _plan;
    private readonly TraceRecorder? _recorder;

    public SimulationRun(RunPlan plan, TraceRecorder? recorder = null)
    {
        _plan = plan;
        _recorder = recorder;
    }

    public RunResult Run() => Run(out _);

    /// <summary>Runs, and also returns the trace.</summary>
    public Trace RunTraced(string title, string command)
    {
        Run(out var toTrace);
        return toTrace(title, command);
    }

    private RunResult Run(out Func<string, string, Trace> toTrace)
    {
        var options = _plan.Options;
        var draws = new SeededRandom(_plan.ScheduleSeed, "world");
        var limits = options.DrawLimits ? SimulatedSettings.Draw(draws, options.Settings) : "";
        var startsBlank = options.BootstrapExpect == 0 && draws.Chance(BlankStart);
        var fastest = TimeSpan.FromMicroseconds(100 + draws.Next(2000));
        using var world = new SimulatedWorld(_plan.ScheduleSeed, new WorldOptions(
            SimulatedSettings.Of(options.Nodes, $"{limits}\n{options.Settings}{BootstrapSetting(options)}"),
            options.Clients,
            options.Workload(),
            options.ThinkTime,
            _plan.MaxOperations,
            new Latency(fastest, fastest * 4),
            _recorder,
            StartsBlank: startsBlank,
            LatestDiscovery: LatestDiscovery,
            IsWithoutFaults: _plan.Faults.Count == 0));
        Violation? violation = null;
        try
        {
            Trouble(world);
            Recover(world);
            world.Observer.End();
        }
        catch (ViolationException e)
        {
            violation = e.Violation;
        }
#pragma warning disable CA1031 // Whatever a run throws is what this seed found: other seeds go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            violation = world.Observer.Violation ?? new Violation(
                "no uncaught exception",
                "design: no exception leaves the simulation",
                "the simulation ends a run without an exception",
                $"{e.GetType().Name}: {e.Message}");
        }

        toTrace = (title, command) => _recorder!.ToTrace(title, command, world, violation);
        return Result(world, violation);
    }

    private static string BootstrapSetting(SimulationOptions options) =>
        options.BootstrapExpect == 0 ? "" : $"\nraft.bootstrap-expect = {options.BootstrapExpect}";

    private void Trouble(SimulatedWorld world)
    {
        foreach (var node in world.Nodes) node.Start("start");
        foreach (var client in world.Clients)
        {
            client.Start();
            client.Work();
        }

        new FaultInjector(world).Arm(_plan.Faults);
        world.RunUntil(_plan.Options.Duration);
    }

    /// <summary>All faults have ended. Every client must get an answer, and all nodes must converge.</summary>
    private static void Recover(SimulatedWorld world)
    {
        world.RunUntil(world.Loop.Now + TimeSpan.FromMilliseconds(1));
        foreach (var node in world.Nodes) node.Start("restart after the last fault");
        var bound = world.Loop.Now + RecoveryBound;
        if (!world.RunUntil(bound, () => world.Members.Count == world.Observer.Cluster.VoterCount))
            throw Unrecovered(world, "the cluster is not bootstrapped");
        var done = world.Clients.Select(c => c.Done).ToArray();
        var peace = world.Loop.Steps;
        world.AllowOperations(MaxRecoveryOperations);
        foreach (var client in world.Clients.Where(c => !c.IsWaiting)) client.Work();

        if (!world.RunUntil(bound, () => world.Clients.All(c => c.Done >= done[c.Index] + RequestsInPeace)))
            throw Unrecovered(world, "clients still wait for an answer");
        if (!world.RunUntil(bound, () => world.Observer.Served.IsEveryKindServedSince(peace)))
            throw Unrecovered(world, "commands or queries are not answered");
        world.IsLoaded = false;
        if (!world.RunUntil(bound, () => world.Clients.All(c => !c.IsWaiting) && HasConverged(world)))
            throw Unrecovered(world, "the nodes have not converged");
    }

    private static bool HasConverged(SimulatedWorld world)
    {
        var first = world.Members[0].View.State;
        if (first.Leader is not { } leader) return false;
        var leaders = 0;
        foreach (var node in world.Members)
        {
            var state = node.View.State;
            if (state.Role == Actors.Protocol.RaftRole.Leader) leaders++;
            if (!state.IsRunning || state.Term != first.Term || state.Leader != leader || state.LastIndex != first.LastIndex
                || state.CommitIndex != state.LastIndex || state.LastApplied != state.LastIndex
                || state.DurableIndex != state.LastIndex)
                return false;
        }

        return leaders == 1;
    }

    private static ViolationException Unrecovered(SimulatedWorld world, string what)
    {
        var states = string.Join(", ", world.Nodes.Select(n => n.View.State is var s
            ? $"{n.Name} {(s.IsRunning ? s.Role.ToString().ToLowerInvariant() : "down")} of term {s.Term} with log to "
                + $"{s.LastIndex}, committed {s.CommitIndex}"
            : ""));
        return new ViolationException(new Violation(
            "recovery",
            "liveness: Raft §5.4.3, dissertation §3.9",
            $"the last fault ended {RecoveryBound.TotalSeconds:0} s ago",
            $"{what}: {states}"));
    }

    private RunResult Result(SimulatedWorld world, Violation? violation)
    {
        var observer = world.Observer;
        return new RunResult(
            _plan.Seed,
            violation,
            world.Loop.Hash,
            world.Loop.Steps,
            world.Loop.Now,
            observer.Committed.Value,
            observer.Elections,
            observer.History.Count,
            new Dictionary<FaultKind, long>(observer.Faults),
            new Dictionary<string, long>(observer.Checks.Select(c => KeyValuePair.Create(c.Name, c.Examined)))
            {
                [WorkloadInvariant.Name] = observer.Invariant.Examined,
                [StateReplay.Name] = observer.Replay.Examined,
                [world.Workload.Criterion] = observer.Judged,
                ["recovery"] = violation is null ? 1 : 0,
            });
    }
}

/// <summary>
/// The plan of a run. It is drawn from a seed; for a failing seed, it is then reduced step by step.
/// </summary>
/// <param name="Options">The options of the simulation.</param>
/// <param name="Seed">The original seed.</param>
/// <param name="ScheduleSeed">
/// The seed of the schedule: the seed itself, unless a smaller plan fails only with another one.
/// </param>
/// <param name="Faults">The faults.</param>
/// <param name="MaxOperations">The maximum number of client requests.</param>
internal sealed record RunPlan(
    SimulationOptions Options, long Seed, long ScheduleSeed, IReadOnlyList<Fault> Faults, int MaxOperations)
{
    /// <summary>Draws the plan of a seed.</summary>
    public static RunPlan Of(SimulationOptions options, long seed) => new(
        options,
        seed,
        seed,
        [
            .. FaultSchedule.Draw(options.Faults, new SeededRandom(seed, "faults"), options.Nodes, options.Duration),
            .. options.BootstrapExpect == 0 ? [] : FaultSchedule.DrawBootstrap(
                options.Faults, new SeededRandom(seed, "founding"), options.Nodes, options.Duration),
        ],
        int.MaxValue);
}
