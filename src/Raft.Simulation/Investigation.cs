using Raft.Simulation.Traces;

namespace Raft.Simulation;

/// <summary>A failing seed, made as small as it could be while it still fails in the same way.</summary>
/// <param name="Original">The seed's run.</param>
/// <param name="Shrunken">The smallest run that violates the same property.</param>
/// <param name="Nodes">Nodes that it needs.</param>
/// <param name="Faults">Faults that it needs, in words, in the order in which they begin.</param>
/// <param name="Operations">Requests of clients that it needs.</param>
/// <param name="Trace">All that happens in it, for <see cref="SpaceTimeDiagram"/>.</param>
public sealed record Investigation(
    RunResult Original, RunResult Shrunken, int Nodes, IReadOnlyList<string> Faults, int Operations, Trace Trace);
