using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Raft.Actors.Telemetry;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Host.Telemetry;

/// <summary>
/// Exports traces, metrics and logs of the process to an OpenTelemetry collector. It is configured by OpenTelemetry's own
/// variables, which the OpenTelemetry library reads. Without an endpoint among them, nothing is exported and no spans are
/// created.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const int StopTimeoutMilliseconds = 1000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;
    private readonly ServiceProvider? _logs;

    private OtlpExport(OtlpOptions options)
    {
        _traces = options.AreTracesOn ? Traces() : null;
        _metrics = options.AreMetricsOn ? Metrics() : null;
        _logs = options.AreLogsOn ? Logs() : null;
        if (_logs is not null) ProgramLog.Factory.AddProvider(_logs.GetRequiredService<ILoggerProvider>());
    }

    /// <summary>Starts the export, if the environment configures an endpoint.</summary>
    /// <param name="read">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="BadVariableException">A value is invalid. The message names the variable.</exception>
    public static OtlpExport Start(Func<string, string?> read) => new(OtlpOptions.Read(read));

    /// <summary>Exports what is pending, for at most one second.</summary>
    public void Dispose()
    {
        Parallel.Invoke(
            () => _traces?.Shutdown(StopTimeoutMilliseconds),
            () => _metrics?.Shutdown(StopTimeoutMilliseconds),
            () => _logs?.GetRequiredService<LoggerProvider>().Shutdown(StopTimeoutMilliseconds));
        _traces?.Dispose();
        _metrics?.Dispose();
        _logs?.Dispose();
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

    /// <summary>Filtered as <see cref="ProgramLog"/> is: the collector receives the lines that the process writes.</summary>
    private static ServiceProvider Logs() => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Resource());
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        }))
        .BuildServiceProvider();

    /// <summary>
    /// Applies <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> last, so that they take precedence.
    /// </summary>
    private static ResourceBuilder Resource() =>
        ResourceBuilder.CreateEmpty().AddService("raft").AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>Traces reads and writes, but not the periodic requests of dashboards and health checks.</summary>
    private static bool IsRequest(HttpContext context) => context.Request.Path.StartsWithSegments("/api/kv");
}
