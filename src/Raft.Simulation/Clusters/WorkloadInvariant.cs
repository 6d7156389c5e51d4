using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Simulation.Checks;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Checks the workload's invariant of its state machine after each command.</summary>
/// <param name="workload">The workload.</param>
internal sealed class WorkloadInvariant(Workload workload)
{
    public const string Name = "the workload's invariant";

    public long Examined { get; private set; }

    public Violation? Examine(NodeView node, LogIndex index, IStateMachine machine)
    {
        Examined++;
        return workload.Examine(machine) is { } problem
            ? new Violation(Name, "Workload.Examine", $"{node} applied entry {index}", problem)
            : null;
    }
}
