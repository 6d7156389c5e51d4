namespace Raft.Simulation.Traces;

/// <summary>All events of a run, in order. <see cref="SpaceTimeDiagram"/> draws it.</summary>
public sealed class Trace
{
    /// <param name="title">The title, such as <c>Seed 4711: election safety violated</c>.</param>
    /// <param name="command">The command that repeats the run.</param>
    /// <param name="nodes">The names of the nodes.</param>
    /// <param name="clients">The names of the clients.</param>
    /// <param name="events">The events, ordered by time.</param>
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

    /// <summary>The title of the diagram, such as <c>Seed 4711: election safety violated</c>.</summary>
    public string Title { get; }

    /// <summary>The command that repeats the run; empty for a scenario.</summary>
    public string Command { get; }

    /// <summary>The names of the nodes.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The names of the clients.</summary>
    public IReadOnlyList<string> Clients { get; }

    /// <summary>The events, ordered by time.</summary>
    internal IReadOnlyList<TraceEvent> Events { get; }
}
