using System.CommandLine;
using Raft.Host.Hosting;
using Raft.Host.Inspection;
using Raft.Host.Telemetry;
using Raft.Programs.Hosting;

namespace Raft.Host.Commands;

/// <summary><c>raft gateway</c>: serves API and dashboard in front of a cluster, configured by environment variables.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        var command = new Command(
            "gateway",
            """
            Run a gateway: API and dashboard in front of a cluster, not a member, without data. Environment variables:
              RAFT_SEED_NODES             host:port,... of lighthouses or nodes; required
              RAFT_HTTP                   host:port for HTTP; default: 0.0.0.0:8080
              RAFT_HTTP_HOSTS             host names to accept besides localhost and IP addresses: a,*.b.example
              RAFT_REMOTE                 host:port that the nodes connect to; default: the address of the interface that
                                          reaches the seed nodes, with port 4053
              RAFT_REMOTE_BIND            host:port to listen on for the nodes; default: that of RAFT_REMOTE
              RAFT_CLUSTER                name of the ActorSystem, the same in all processes; default: raft
              RAFT_CLUSTER_ID             id of the cluster; default: learned from the leader and the members
              RAFT_API_TITLE, RAFT_API_PREFIX, RAFT_API_BASE_PATH, ...
                                          title, path and description of the API
              RAFT_CLIENT_REQUEST_TIMEOUT, ...
                                          settings of raft.client; see docs/configure.md
              RAFT_LOG_LEVEL              debug, info, warning or error; default: info
              RAFT_LOG_FORMAT             text or json; default: text
              OTEL_EXPORTER_OTLP_ENDPOINT and other OpenTelemetry variables
                                          where to send traces, metrics and logs; default: nowhere
            SIGTERM and Ctrl-C stop it.
            """);
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        KnownVariables.WarnOfOthers();
        using var telemetry = OtlpExport.Start(Environment.GetEnvironmentVariable);
        var options = GatewayOptions.Read(Environment.GetEnvironmentVariable);
        GatewayHost? last = null;
        if (options.Remote.Choice is { } choice) Console.WriteLine(choice);
        await RestartLoop.RunAsync(
            async former =>
            {
                var gateway = last = await GatewayHost.StartAsync(last?.Options ?? options, former, RaftTools.Start);
                Console.WriteLine($"The gateway listens on {gateway.Url}");
                return gateway;
            },
            cancellationToken);
        return 0;
    }
}
