namespace Raft.Actors.Telemetry;

/// <summary>
/// The names of the library's metrics and traces. Listen with a <see cref="System.Diagnostics.Metrics.MeterListener"/>, an
/// <see cref="System.Diagnostics.ActivityListener"/>, or OpenTelemetry: <c>AddMeter(RaftTelemetry.Name)</c> and
/// <c>AddSource(RaftTelemetry.Name)</c>. Nothing is measured unless something listens.
/// </summary>
public static class RaftTelemetry
{
    /// <summary>The name of the ActivitySource and of the Meters; each node in the process has its own Meter.</summary>
    public const string Name = "Raft.Akka";

    /// <summary>Tag of every measurement and span: the Raft group.</summary>
    public const string GroupTag = "raft.group";

    /// <summary>Tag of every measurement and span: the node that reports it.</summary>
    public const string NodeTag = "raft.node";

    /// <summary>Tag of measurements and spans about one peer: the peer's name.</summary>
    public const string PeerTag = "raft.peer";
}
