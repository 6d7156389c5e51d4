namespace Raft.Simulation.Scenarios;

/// <summary>A scenario did not go as it says.</summary>
/// <param name="message">What was expected, what was found, and a picture of all nodes.</param>
public sealed class ScenarioException(string message) : Exception(message);
