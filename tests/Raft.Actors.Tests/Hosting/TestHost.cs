using System.Net;
using System.Net.Sockets;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Raft.Actors.Configuration;
using Raft.Actors.Hosting;

namespace Raft.Actors.Tests.Hosting;

/// <summary>A service that embeds Raft groups, like a user's program.</summary>
internal static class TestHost
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Quick elections; the journal is in memory unless the test says otherwise.</summary>
    private const string Common = """
        akka { loglevel = OFF, stdout-loglevel = OFF }
        raft { election-timeout-min = 200ms, election-timeout-max = 400ms, heartbeat-interval = 40ms }
        """;

    /// <summary>Builds the service without starting it.</summary>
    public static IHost Build(Action<AkkaConfigurationBuilder> akka, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHealthChecks();
        builder.Services.AddRaftGroups();
        builder.Services.AddAkka("app", system => akka(system.AddHocon(Common, HoconAddMode.Append)));
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Configures a group of one node on a free port, with a journal in memory.</summary>
    public static void OneNode(RaftOptions options, int port)
    {
        options.NodeId = "n1";
        options.Members = [$"n1=127.0.0.1:{port}"];
        options.AllowInMemoryJournal = true;
    }

    /// <summary>A free port.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs the health checks whose names start with a prefix.</summary>
    public static async Task<IReadOnlyDictionary<string, HealthReportEntry>> HealthOf(IHost host, string prefix) =>
        (await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name.StartsWith(prefix, StringComparison.Ordinal))).Entries;
}
