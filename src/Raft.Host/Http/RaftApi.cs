using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;
using Raft.Host.Dashboard;
using Raft.Host.Telemetry;
using Raft.Programs.Logging;

namespace Raft.Host.Http;

/// <summary>
/// The HTTP API and the dashboard of a node or a gateway. A process may serve several, each at its own address.
/// </summary>
internal static class RaftApi
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Creates the API. <c>StartAsync</c> starts it and throws an <see cref="IOException"/> if the address is in use. The API
    /// reads no configuration files or variables of ASP.NET Core and leaves signals such as Ctrl+C to the caller.
    /// </summary>
    /// <param name="group">The node or the gateway. The caller stops it after the API.</param>
    /// <param name="client">The client for reads and writes. The caller disposes it after the API.</param>
    /// <param name="listenUrl">
    /// The address to listen on, such as <c>http://127.0.0.1:8080</c>. Port 0 takes a free port, which <c>Urls</c> names after
    /// the start. With a host that is neither an IP address nor <c>localhost</c>, the API listens on all addresses.
    /// </param>
    /// <param name="options">The path and description of the API.</param>
    public static WebApplication Build(IRaftGroup group, RaftClient client, string listenUrl, ApiOptions options) =>
        Build(group, () => client, listenUrl, options, more: _ => { });

    /// <summary>Creates the API for a node that it outlives, with additional routes.</summary>
    /// <param name="group">The node.</param>
    /// <param name="client">Returns the current client; throws a <see cref="RequestProblemException"/> if there is none.</param>
    /// <param name="listenUrl">The address to listen on.</param>
    /// <param name="options">The path and description of the API.</param>
    /// <param name="more">Maps additional routes under the prefix of the API.</param>
    public static WebApplication Build(
        IRaftGroup group, Func<RaftClient> client, string listenUrl, ApiOptions options, Action<IEndpointRouteBuilder> more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "raft",
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddServer(builder);
        builder.Services.AddRouting();
        NodeMetrics.Add(builder.Services, group);
        builder.Services.AddSingleton(options);
        builder.Services.AddOpenApi(document => ApiDocument.Configure(document, options));
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

        var api = builder.Build();
        api.Urls.Add(listenUrl);
        api.UsePathBase(options.BasePath);
        api.UseMiddleware<ProblemMiddleware>();
        api.UseGetForHead();
        api.UseRouting();
        api.UseMiddleware<OriginMiddleware>();
        api.UseDocs(options);
        api.UseHeadAgain();
        var routes = api.MapGroup(options.Prefix);
        new KeyValueRoutes(() => new KeyValueClient(client())).Map(routes);
        new InspectionRoutes(group).Map(routes);
        new OperatorRoutes(group).Map(routes);
        new EventRoutes(group, api.Lifetime.ApplicationStopping).Map(routes);
        new LeadershipRoutes(group).Map(routes);
        new SnapshotRoutes(group).Map(routes);
        more(routes);
        new HealthRoutes(group).Map(api);
        DashboardRoutes.Map(api, options);
        DocsRoutes.Map(api, options);
        NodeMetrics.Map(api);
        return api;
    }

    private static void AddServer(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiLimits.MaxDrainedBytes;
            kestrel.Limits.MaxRequestLineSize = ApiLimits.MaxRequestLineBytes;
            kestrel.Limits.MaxConcurrentConnections = ApiLimits.MaxConnections;
        });
        builder.Services.AddSingleton(ProgramLog.Factory);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
    }

    /// <summary>Lets the caller start and stop the server; the default lifetime handles the signals of the process.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
