namespace Raft.Simulation.Scenarios;

/// <summary>An expectation of a scenario failed.</summary>
/// <param name="message">The expectation, what was found, and the state of all nodes.</param>
public sealed class ScenarioException(string message) : Exception(message);
