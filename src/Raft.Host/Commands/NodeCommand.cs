using System.CommandLine;
using Raft.Host.Hosting;
using Raft.Host.Inspection;
using Raft.Host.Telemetry;
using Raft.Programs.Hosting;

namespace Raft.Host.Commands;

/// <summary><c>raft node</c>: runs one node, configured by environment variables.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var command = new Command(
            "node",
            """
            Run one node, configured by environment variables:
            either
              RAFT_MEMBERS                all members: n1=host:port,n2=host:port,...
            or
              RAFT_BOOTSTRAP_EXPECT       number of new nodes that bootstrap the cluster, 1 to 9, and
              RAFT_SEED_NODES             host:port,... of the lighthouses through which the nodes find each other
            and
              RAFT_NODE_ID                name of this node; default: the name stored in RAFT_DATA, else the host name
              RAFT_DATA                   data folder; default: data
              RAFT_HTTP                   host:port for HTTP; default: 0.0.0.0:8080
              RAFT_HTTP_HOSTS             host names to accept besides localhost and IP addresses: a,*.b.example
              RAFT_REMOTE                 host:port that peers connect to; default: this node's address in RAFT_MEMBERS, else the
                                          address of the interface that reaches the seed nodes, with port 4053
              RAFT_REMOTE_BIND            host:port to listen on for peers; default: that of RAFT_REMOTE
              RAFT_CLUSTER                name of the ActorSystem, the same in all processes; default: raft
              RAFT_ELECTION_TIMEOUT_MIN, RAFT_ELECTION_TIMEOUT_MAX, RAFT_HEARTBEAT_INTERVAL
                                          timing, such as 150ms or 1s; defaults: 500ms, 1s, 100ms
              RAFT_LEADERSHIP_PREFERENCE  whether this node should lead: neutral, prefer or avoid; default: neutral
              RAFT_ON_LEADER, RAFT_ON_FOLLOWER
                                          scripts to run when the node takes that role; killed after RAFT_HOOK_TIMEOUT (30s)
              RAFT_API_TITLE, RAFT_API_PREFIX, RAFT_API_BASE_PATH, ...
                                          title, path and description of the API
              RAFT_LOG_LEVEL              debug, info, warning or error; default: info
              RAFT_LOG_FORMAT             text or json; default: text
              OTEL_EXPORTER_OTLP_ENDPOINT and other OpenTelemetry variables
                                          where to send traces, metrics and logs; default: nowhere
              RAFT_...                    any other setting: RAFT_LEASE_READS sets raft.lease-reads. See docs/configure.md
            SIGTERM and Ctrl-C stop it.
            """);
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        KnownVariables.WarnOfOthers();
        using var telemetry = OtlpExport.Start(Environment.GetEnvironmentVariable);
        var options = NodeEnvironment.Read(Environment.GetEnvironmentVariable);
        if (options.Remote.Choice is { } choice) Console.WriteLine(choice);
        await RestartLoop.RunAsync(
            async former =>
            {
                var node = await RunningNode.StartAsync(options, former, RaftTools.Start);
                options = node.Options;
                return node;
            },
            cancellationToken);
        return 0;
    }
}
