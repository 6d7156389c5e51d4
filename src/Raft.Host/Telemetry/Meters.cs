using Raft.Actors.Telemetry;

namespace Raft.Host.Telemetry;

/// <summary>The meters that the program publishes.</summary>
internal static class Meters
{
    /// <summary>The meter of the .NET runtime: garbage collection, thread pool, memory.</summary>
    public const string Runtime = "System.Runtime";

    /// <summary>The names of all meters.</summary>
    public static readonly string[] All =
        [RaftTelemetry.Name, Runtime, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
}
