using Raft.Simulation.Clusters;
using Raft.Simulation.Engine;
using Raft.Simulation.Faults;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>
/// One run, planned by its seed: faults and load first, then peace, in which the cluster must recover and serve.
/// </summary>
internal sealed class SimulationRun
{
    /// <summary>In this time after the last fault the cluster must elect, commit, converge and serve.</summary>
    private static readonly TimeSpan RecoveryBound = TimeSpan.FromSeconds(60);

    /// <summary>How many of the clusters with fixed members are founded in the run.</summary>
    private const double BlankStart = 0.125;

    /// <summary>Requests of each client that must be done in that time.</summary>
    private const int RequestsInPeace = 3;

    /// <summary>Requests of clients in that time, beyond what the plan has.</summary>
    private const int MaxRecoveryOperations = 500;

    /// <summary>How long it may take until a node without a cluster learns of another's address.</summary>
    private static readonly TimeSpan LatestDiscovery = TimeSpan.FromSeconds(8);

    private readonly RunPlan _plan;
    private readonly TraceRecorder? _recorder;

    public SimulationRun(RunPlan plan, TraceRecorder? recorder = null)
    {
        _plan = plan;
        _recorder = recorder;
    }

    public RunResult Run() => Run(out _);

    /// <summary>Runs, and gives what was recorded as well.</summary>
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
            SimulatedSettings.Of(options.Nodes, $"{limits}\n{options.Settings}{Founding(options)}"),
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
                "hazards of Akka.NET",
                "the simulation has no fault of its own",
                $"{e.GetType().Name}: {e.Message}");
        }

        toTrace = (title, command) => _recorder!.ToTrace(title, command, world, violation);
        return Result(world, violation);
    }

    private static string Founding(SimulationOptions options) =>
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

    /// <summary>No fault is left. Every client must get an answer, and all nodes must come to the same.</summary>
    private static void Recover(SimulatedWorld world)
    {
        world.RunUntil(world.Loop.Now + TimeSpan.FromMilliseconds(1));
        foreach (var node in world.Nodes) node.Start("restart after the last fault");
        var bound = world.Loop.Now + RecoveryBound;
        if (!world.RunUntil(bound, () => world.Members.Count == world.Observer.Cluster.VoterCount))
            throw Unrecovered(world, "the cluster is not founded");
        var done = world.Clients.Select(c => c.Done).ToArray();
        var peace = world.Loop.Steps;
        world.AllowOperations(MaxRecoveryOperations);
        foreach (var client in world.Clients.Where(c => !c.IsWaiting)) client.Work();

        if (!world.RunUntil(bound, () => world.Clients.All(c => c.Done >= done[c.Index] + RequestsInPeace)))
            throw Unrecovered(world, "clients still wait for an answer");
        if (!world.RunUntil(bound, () => world.Observer.Served.IsEveryKindServedSince(peace)))
            throw Unrecovered(world, "commands or questions are not answered");
        world.IsLoaded = false;
        if (!world.RunUntil(bound, () => world.Clients.All(c => !c.IsWaiting) && HasConverged(world)))
            throw Unrecovered(world, "the nodes do not hold the same");
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

/// <summary>What a run does. Of a seed it is drawn; of a failing one, less and less is kept.</summary>
/// <param name="Options">What is simulated.</param>
/// <param name="Seed">The seed that the plan began with.</param>
/// <param name="ScheduleSeed">Draws all that happens. It is the seed, but where a smaller plan fails with another alone.</param>
/// <param name="Faults">The faults.</param>
/// <param name="MaxOperations">Requests of clients, at the most.</param>
internal sealed record RunPlan(
    SimulationOptions Options, long Seed, long ScheduleSeed, IReadOnlyList<Fault> Faults, int MaxOperations)
{
    /// <summary>The plan of a seed.</summary>
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
