namespace Raft.Simulation.Traces;

/// <summary>All that happened in a run, in order. <see cref="SpaceTimeDiagram"/> draws it.</summary>
public sealed class Trace
{
    /// <param name="title">For example <c>Seed 4711: election safety violated</c>.</param>
    /// <param name="command">The command that runs it again.</param>
    /// <param name="nodes">The nodes' names.</param>
    /// <param name="clients">The clients' names.</param>
    /// <param name="events">What happened, ordered by time.</param>
    internal Trace(
        string title,
        string command,
        IReadOnlyList<string> nodes,
        IReadOnlyList<string> clients,
        IReadOnlyList<TraceEvent> events)
    {
        (Title, Command) = (title, command);
        (Nodes, Clients, Events) = (nodes, clients, events);
    }

    /// <summary>What is written above the diagram, for example <c>Seed 4711: election safety violated</c>.</summary>
    public string Title { get; }

    /// <summary>The command that runs it again; empty for a scenario.</summary>
    public string Command { get; }

    /// <summary>The nodes' names.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The clients' names.</summary>
    public IReadOnlyList<string> Clients { get; }

    /// <summary>What happened, ordered by time.</summary>
    internal IReadOnlyList<TraceEvent> Events { get; }
}
