using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Raft.Actors.Groups;
using Raft.Actors.Telemetry;

namespace Raft.Host.Telemetry;

/// <summary>
/// <c>/metrics</c>: what one server has measured, in Prometheus' text format. A process may have several nodes, and a scraper
/// takes each server for one of them: so the answer has this server's node and this server's HTTP, and of the process only
/// what .NET tells.
/// </summary>
internal static class NodeMetrics
{
    private const string Path = "/metrics";

    /// <param name="services">The server's services.</param>
    /// <param name="group">The node, which may end and start again, or the gateway.</param>
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
