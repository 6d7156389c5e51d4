using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Raft.Actors.Groups;
using Raft.Actors.Telemetry;

namespace Raft.Host.Telemetry;

/// <summary>
/// Serves <c>/metrics</c>: the metrics of one server, in Prometheus text format. A process may run several nodes, and a scraper
/// treats each server as one node. So the response has the metrics of this server's node and HTTP, and of the process only those
/// of the .NET runtime.
/// </summary>
internal static class NodeMetrics
{
    private const string Path = "/metrics";

    /// <param name="services">The services of the server.</param>
    /// <param name="group">The node, which may stop and start again, or the gateway.</param>
    public static void Add(IServiceCollection services, IRaftGroup group)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(Meters.All)
            .AddPrometheusExporter(prometheus =>
            {
                prometheus.ScopeInfoEnabled = false;
                prometheus.TargetInfoEnabled = false;
                prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
            }));
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            var server = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => IsOwn(instrument.Meter, group, server) ? null : MetricStreamConfiguration.Drop);
        });
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPrometheusScrapingEndpoint(Path).DisableHttpMetrics().ExcludeFromDescription();

    private static bool IsOwn(Meter meter, IRaftGroup group, IMeterFactory server) => meter.Name switch
    {
        RaftTelemetry.Name => meter.Scope is NodeScope scope && scope == group.Scope,
        Meters.Runtime => true,
        _ => meter.Scope == server,
    };
}
