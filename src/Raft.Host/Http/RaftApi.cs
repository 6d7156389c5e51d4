using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Raft.Actors.Clients;
using Raft.Actors.Hosting;
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
    public static WebApplication Build(IRaftGroup group, RaftClient client, string listenUrl)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "raft",
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddServer(builder);
        builder.Services.AddRouting();
        NodeMetrics.Add(builder.Services, group.Meter);
        builder.Services.AddOpenApi(ApiDocument.Configure);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

        var api = builder.Build();
        api.Urls.Add(listenUrl);
        api.UseMiddleware<ProblemMiddleware>();
        api.UseRouting();
        new KeyValueRoutes(new KeyValueClient(client)).Map(api);
        new InspectionRoutes(group).Map(api);
        new LeadershipRoutes(group).Map(api);
        new HealthRoutes(group).Map(api);
        PageRoutes.Map(api);
        NodeMetrics.Map(api);
        api.MapOpenApi("/openapi.json");
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
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
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
