using Raft.Simulation.Traces;

namespace Raft.Simulation;

/// <summary>A failing seed, and the smallest run found that fails in the same way.</summary>
/// <param name="Original">The run of the seed.</param>
/// <param name="Shrunken">The smallest run that violates the same property.</param>
/// <param name="Nodes">The number of nodes in the smallest run.</param>
/// <param name="Faults">Descriptions of the faults in the smallest run, in the order in which they start.</param>
/// <param name="Operations">The number of client requests in the smallest run.</param>
/// <param name="Trace">The trace of the smallest run, for <see cref="SpaceTimeDiagram"/>.</param>
public sealed record Investigation(
    RunResult Original, RunResult Shrunken, int Nodes, IReadOnlyList<string> Faults, int Operations, Trace Trace);
