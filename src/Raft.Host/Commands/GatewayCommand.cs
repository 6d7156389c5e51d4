using System.CommandLine;
using Raft.Host.Hosting;
using Raft.Host.Inspection;
using Raft.Host.Telemetry;
using Raft.Programs.Hosting;

namespace Raft.Host.Commands;

/// <summary><c>raft gateway</c>: API and page in front of a cluster, configured by its environment.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        var command = new Command(
            "gateway",
            """
            Runs the API and the page in front of a cluster. It is no member of it and keeps no data. Environment variables:
              RAFT_SEED_NODES             host:port,... of lighthouses or nodes to find the nodes through (required)
              RAFT_HTTP                   host:port for HTTP; default: 0.0.0.0:8080
              RAFT_HTTP_HOSTS             host names under which it is asked, beside localhost and IP addresses: a,*.b.example
              RAFT_REMOTE                 host:port for the nodes; default: the address of the interface that reaches the seed
                                          nodes, and port 4053
              RAFT_REMOTE_BIND            host:port where it listens for the nodes; default: that of RAFT_REMOTE
              RAFT_CLUSTER                name of the ActorSystem, the same in all processes; default: raft
              RAFT_CLUSTER_ID             the cluster that requests are for; default: learned from a leader and its members
              RAFT_API_TITLE, RAFT_API_PREFIX, RAFT_API_BASE_PATH, ...
                                          what the API is called and where it is
              RAFT_CLIENT_REQUEST_TIMEOUT, ...
                                          keys of raft.client, see docs/configure.md
              RAFT_LOG_LEVEL              debug, info, warning or error; default: info
              RAFT_LOG_FORMAT             text or json; default: text
              OTEL_EXPORTER_OTLP_ENDPOINT and OpenTelemetry's other variables
                                          where traces and metrics are sent to; default: nowhere
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
                Console.WriteLine($"The gateway answers on {gateway.Url}");
                return gateway;
            },
            cancellationToken);
        return 0;
    }
}
