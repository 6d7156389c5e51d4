using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Console;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;
using Raft.Host.Dashboard;
using Raft.Host.Telemetry;

namespace Raft.Host.Http;

/// <summary>The HTTP API and the page of one node, or of a gateway. A process may have several, each with an address of its own.</summary>
internal static class RaftApi
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Makes the API; <c>StartAsync</c> starts it, and it throws an <see cref="IOException"/> where the address is in use.
    /// It reads no configuration files or variables of ASP.NET and leaves signals such as Ctrl+C to the caller.
    /// </summary>
    /// <param name="group">The node, or the gateway. The caller stops it, after the API.</param>
    /// <param name="client">Reads and writes go through it. The caller disposes of it, after the API.</param>
    /// <param name="listenUrl">
    /// For example <c>http://127.0.0.1:8080</c>; port 0 takes a free one, which <c>Urls</c> names after the start. A host
    /// that is neither an IP address nor <c>localhost</c> listens on all addresses.
    /// </param>
    /// <param name="options">Where the API is and what its document says of it.</param>
    public static WebApplication Build(IRaftGroup group, RaftClient client, string listenUrl, ApiOptions options) =>
        Build(group, () => client, listenUrl, options, more: _ => { });

    /// <summary>As the other one, for a node that the API outlives, and with more routes.</summary>
    /// <param name="group">The node.</param>
    /// <param name="client">The client of the moment; throws a <see cref="RequestProblemException"/> where there is none.</param>
    /// <param name="listenUrl">Where to listen.</param>
    /// <param name="options">Where the API is and what its document says of it.</param>
    /// <param name="more">Maps further routes of the API, at its prefix.</param>
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
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A server that can't start throws; the caller says so in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
    }

    /// <summary>Starts and stops when the caller says so; the default one takes over the process's signals.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
