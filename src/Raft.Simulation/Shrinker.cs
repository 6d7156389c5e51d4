using Raft.Simulation.Faults;

namespace Raft.Simulation;

/// <summary>
/// Shrinks a failing plan while it violates the same property: a shorter run, fewer faults (delta debugging: Zeller and
/// Hildebrandt, 2002), fewer operations, fewer nodes. Everything that is omitted changes all later random decisions, so each
/// smaller plan is tried with several seeds for its schedule.
/// </summary>
internal sealed class Shrinker
{
    private const int TriesOfEachPlan = 12;
    private const int MaxRuns = 600;

    private readonly string _check;
    private RunPlan _plan;
    private RunResult _result;
    private int _runs;

    private readonly CancellationToken _cancellation;

    private Shrinker(RunPlan plan, RunResult result, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        (_plan, _result) = (plan, result);
        _check = result.Violation!.Check;
    }

    private bool MayRun => _runs < MaxRuns && !_cancellation.IsCancellationRequested;

    /// <returns>The smallest plan found, and its run.</returns>
    public static (RunPlan Plan, RunResult Result) Shrink(
        RunPlan plan, RunResult failure, CancellationToken cancellationToken)
    {
        var shrinker = new Shrinker(plan, failure, cancellationToken);
        RunPlan before;
        do
        {
            before = shrinker._plan;
            shrinker.CutTheEnd();
            shrinker.TryFewerNodes();
            shrinker.TryFewerFaults();
            shrinker.TryFewerOperations();
        }
        while (shrinker._plan != before && shrinker.MayRun);

        return (shrinker._plan, shrinker._result);
    }

    /// <summary>Faults that begin after the violation can't have caused it.</summary>
    private void CutTheEnd()
    {
        var end = _result.SimulatedTime;
        if (end >= _plan.Options.Duration) return;
        var whole = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(end.TotalSeconds)));
        Try(_plan with
        {
            Options = _plan.Options with { Duration = whole },
            Faults = [.. _plan.Faults.Where(f => f.At < end)],
        });
    }

    private void TryFewerNodes()
    {
        while (_plan.Options.Nodes > 2)
        {
            var nodes = _plan.Options.Nodes - 1;
            if (!Try(_plan with
            {
                Options = _plan.Options with { Nodes = nodes },
                Faults = [.. _plan.Faults.Where(f => f.Nodes.All(n => n < nodes))],
            }))
            {
                return;
            }
        }
    }

    private void TryFewerFaults()
    {
        for (var part = Math.Max(1, _plan.Faults.Count / 2); part >= 1; part /= 2)
        {
            for (var start = 0; start < _plan.Faults.Count;)
            {
                if (!Try(_plan with { Faults = [.. Without(_plan.Faults, start, part)] })) start += part;
            }
        }
    }

    private void TryFewerOperations()
    {
        var most = (int)Math.Min(_plan.MaxOperations, _result.Operations);
        foreach (var operations in new[] { 0, 1, 2, 5, 10, 20, 50, 100 })
        {
            if (operations >= most || Try(_plan with { MaxOperations = operations })) return;
        }
    }

    /// <summary>Keeps the smaller plan if it fails in the same way with any of a few schedules.</summary>
    private bool Try(RunPlan smaller)
    {
        for (var i = 0; i < TriesOfEachPlan && MayRun; i++)
        {
            var candidate = i == 0 ? smaller : smaller with { ScheduleSeed = _plan.Seed + (1_000_003L * i) };
            _runs++;
            var result = new SimulationRun(candidate).Run();
            if (result.Violation?.Check != _check) continue;
            (_plan, _result) = (candidate, result);
            return true;
        }

        return false;
    }

    private static IEnumerable<Fault> Without(IReadOnlyList<Fault> faults, int start, int count) =>
        faults.Take(start).Concat(faults.Skip(start + count));
}
