using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Raft.Actors.Telemetry;
using Raft.Programs.Configuration;

namespace Raft.Host.Telemetry;

/// <summary>
/// Sends the process's traces and metrics to an OpenTelemetry collector. OpenTelemetry's own variables configure it, which its
/// library reads; without an endpoint among them nothing is sent and no span is made.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const int StopTimeoutMilliseconds = 1000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(OtlpOptions options)
    {
        _traces = options.AreTracesOn ? Traces() : null;
        _metrics = options.AreMetricsOn ? Metrics() : null;
    }

    /// <summary>Starts to send, where the environment says where to.</summary>
    /// <param name="read">Gives a variable's value; null where it is not set.</param>
    /// <exception cref="BadVariableException">A value is wrong; the message names the variable.</exception>
    public static OtlpExport Start(Func<string, string?> read) => new(OtlpOptions.Read(read));

    /// <summary>Sends what is left, for a second at the most.</summary>
    public void Dispose()
    {
        _traces?.Shutdown(StopTimeoutMilliseconds);
        _metrics?.Shutdown(StopTimeoutMilliseconds);
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static TracerProvider Traces() => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource(RaftTelemetry.Name)
        .AddAspNetCoreInstrumentation(http => http.Filter = IsRequest)
        .AddOtlpExporter()
        .Build();

    private static MeterProvider Metrics() => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddMeter(Meters.All)
        .AddOtlpExporter()
        .Build();

    /// <summary>The variables <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> come last, so that they win.</summary>
    private static ResourceBuilder Resource() =>
        ResourceBuilder.CreateEmpty().AddService("raft").AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>Reads and writes, and not what a page or a health check asks again and again.</summary>
    private static bool IsRequest(HttpContext context) => context.Request.Path.StartsWithSegments("/api/kv");
}
