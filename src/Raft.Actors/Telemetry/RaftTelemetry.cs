namespace Raft.Actors.Telemetry;

/// <summary>
/// What the library tells about itself. Listen with a <see cref="System.Diagnostics.Metrics.MeterListener"/>, an
/// <see cref="System.Diagnostics.ActivityListener"/>, or with OpenTelemetry: <c>AddMeter(RaftTelemetry.Name)</c> and
/// <c>AddSource(RaftTelemetry.Name)</c>. Where nobody listens, nothing is measured.
/// </summary>
public static class RaftTelemetry
{
    /// <summary>The name of the nodes' Meters, one for each node in the process, and of the ActivitySource.</summary>
    public const string Name = "Raft.Akka";

    /// <summary>Tag of every measurement and span: the Raft group.</summary>
    public const string GroupTag = "raft.group";

    /// <summary>Tag of every measurement and span: the node that measures.</summary>
    public const string NodeTag = "raft.node";

    /// <summary>Tag of what is about one other member: its name.</summary>
    public const string PeerTag = "raft.peer";
}
