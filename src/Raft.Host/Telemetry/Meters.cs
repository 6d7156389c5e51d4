using Raft.Actors.Telemetry;

namespace Raft.Host.Telemetry;

/// <summary>The Meters that the program publishes.</summary>
internal static class Meters
{
    /// <summary>.NET's own: garbage collection, thread pool, memory.</summary>
    public const string Runtime = "System.Runtime";

    /// <summary>All of them.</summary>
    public static readonly string[] All =
        [RaftTelemetry.Name, Runtime, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
}
