using Raft.Actors.AspNetCore;
using Raft.Actors.AspNetCore.Dashboard;
using Raft.Actors.AspNetCore.Health;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;
using Raft.Host.Telemetry;
using Raft.Programs.Logging;

namespace Raft.Host.Http;

/// <summary>
/// The HTTP API and the dashboard of a node or a gateway. A process may serve several, each at its own address.
/// </summary>
internal static class RaftApi
{
    private const string Health = "/health";
    private const string HowToList = "list the name in RAFT_HTTP_HOSTS";
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
    public static WebApplication Build(IRaftGroup group, IRaftClient client, string listenUrl, ApiOptions options) =>
        Build(group, () => client, listenUrl, options, more: _ => { });

    /// <summary>Creates the API for a node that it outlives, with additional routes.</summary>
    /// <param name="group">The node.</param>
    /// <param name="client">Returns the current client; throws a <see cref="RequestProblemException"/> if there is none.</param>
    /// <param name="listenUrl">The address to listen on.</param>
    /// <param name="options">The path and description of the API.</param>
    /// <param name="more">Maps additional routes under the prefix of the API.</param>
    public static WebApplication Build(
        IRaftGroup group, Func<IRaftClient> client, string listenUrl, ApiOptions options, Action<IEndpointRouteBuilder> more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "raft",
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddServer(builder);
        builder.Services.AddRouting();
        NodeMetrics.Add(builder.Services, group);
        builder.Services.AddSingleton(group);
        builder.Services.AddHealthChecks().AddRaft();
        builder.Services.AddOpenApi(document => ServedDocument.Configure(document, options));
        builder.Services.ConfigureHttpJsonOptions(json => RaftJson.Configure(json.SerializerOptions));

        var api = builder.Build();
        api.Urls.Add(listenUrl);
        Use(api, options);
        var routes = api.MapGroup(options.Prefix).WithKnownProblems();
        new RaftRoutes { Group = () => group, Store = () => new KeyValueClient(client()), AllowChanges = true }.Map(routes);
        new OperatorRoutes(group).Map(routes);
        more(routes);
        api.MapRaftHealthChecks(Health);
        DashboardRoutes.Map(api, new DashboardPage
        {
            Api = options.Prefix,
            Document = options.DocumentPath,
            Links = [.. options.DocsPath is { } docs ? [docs] : Array.Empty<string>(), options.DocumentPath, $"{Health}/ready"],
        });
        DocsRoutes.Map(api, options);
        NodeMetrics.Map(api);
        return api;
    }

    /// <summary>What every request goes through.</summary>
    private static void Use(WebApplication api, ApiOptions options)
    {
        var guard = new OriginGuard(options.Hosts, HowToList);
        api.UsePathBase(options.BasePath);
        api.UseServerProblems(options);
        api.UseGetForHead();
        api.UseRouting();
        api.Use(guard.InvokeAsync);
        api.UseDocs(options);
        api.UseHeadAgain();
    }

    private static void AddServer(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ServerLimits.MaxDrainedBytes;
            kestrel.Limits.MaxRequestLineSize = ServerLimits.MaxRequestLineBytes;
            kestrel.Limits.MaxConcurrentConnections = ServerLimits.MaxConnections;
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
