using Raft.Simulation.Faults;

namespace Raft.Simulation;

/// <summary>Sums up runs from several threads.</summary>
/// <param name="nodes">The number of nodes in each cluster.</param>
internal sealed class Totals(int nodes)
{
    private readonly Lock _lock = new();
    private readonly List<RunResult> _failures = [];
    private readonly SortedDictionary<FaultKind, long> _faults = [];
    private readonly Dictionary<string, long> _checks = [];
    private long _seeds;
    private TimeSpan _simulated;
    private long _steps;
    private long _committed;
    private long _elections;
    private long _operations;
    private ulong _hash;

    public bool HasFailures
    {
        get
        {
            lock (_lock) return _failures.Count > 0;
        }
    }

    public void Add(RunResult run, Action<RunResult>? progress)
    {
        lock (_lock)
        {
            _seeds++;
            if (run.Violation is not null) _failures.Add(run);
            _simulated += run.SimulatedTime;
            _steps += run.Steps;
            _committed += run.Committed;
            _elections += run.Elections;
            _operations += run.Operations;
            _hash += (run.TraceHash ^ (ulong)run.Seed) * 0x9e3779b97f4a7c15;
            foreach (var (kind, count) in run.Faults) _faults[kind] = _faults.GetValueOrDefault(kind) + count;
            foreach (var (check, count) in run.Checks) _checks[check] = _checks.GetValueOrDefault(check) + count;
            progress?.Invoke(run);
        }
    }

    public SimulationReport ToReport(TimeSpan wallTime)
    {
        lock (_lock)
        {
            return new SimulationReport(
                _seeds,
                nodes,
                [.. _failures.OrderBy(f => f.Seed)],
                _simulated,
                wallTime,
                _steps,
                _committed,
                _elections,
                _operations,
                new Dictionary<FaultKind, long>(_faults),
                new Dictionary<string, long>(_checks),
                _hash);
        }
    }
}
