using System.CommandLine;
using Akka.Actor;
using Raft.Actors.Nodes;
using Raft.Host.Hosting;

namespace Raft.Host.Commands;

/// <summary><c>raft node</c>: one node, configured by its environment.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var command = new Command(
            "node",
            """
            Runs one node, configured by environment variables:
              RAFT_MEMBERS                all members: n1=host:port,n2=host:port,... (required)
              RAFT_NODE_ID                this node's name; default: the one in RAFT_DATA, else the host name
              RAFT_DATA                   folder of the journal; default: data
              RAFT_HTTP                   host:port for HTTP; default: 0.0.0.0:8080
              RAFT_REMOTE                 host:port for peers; default: this node's address in RAFT_MEMBERS
              RAFT_SEED_NODES             host:port,... to join the Akka cluster through; default: all members
              RAFT_ELECTION_TIMEOUT_MIN, RAFT_ELECTION_TIMEOUT_MAX, RAFT_HEARTBEAT_INTERVAL
                                          timing, such as 150ms or 1s; defaults: 500ms, 1s, 100ms
              RAFT_LEADERSHIP_PREFERENCE  whether it wants to lead: neutral, prefer or avoid; default: neutral
              RAFT_LOG_LEVEL              debug, info, warning or error; default: info
            SIGTERM and Ctrl-C stop it.
            """);
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var options = NodeEnvironment.Read(Environment.GetEnvironmentVariable);
        await using var node = NodeHost.Prepare(options);
        var halted = new TaskCompletionSource<NodeHalted>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.System.ActorOf(Props.Create(() => new HaltListener(halted)));
        node.Start(overrides: "", Seeds(node, options));
        await using var server = await NodeServer.StartAsync(node);
        Console.WriteLine($"{node.Self.Id} answers on {server.Url}/api/status");

        var stop = Task.Delay(Timeout.Infinite, cancellation);
        if (await Task.WhenAny(stop, halted.Task) == halted.Task)
            throw new StartupException($"{node.Self.Id} halted: {(await halted.Task).Reason}");
        Console.WriteLine("Stopping.");
        return 0;
    }

    /// <summary>All members are good to join through; whoever is there first starts the Akka cluster.</summary>
    private static IEnumerable<Address> Seeds(NodeHost node, NodeOptions options)
    {
        var own = node.ClusterAddress;
        return options.Seeds.Select(seed => own.WithHost(seed.Host).WithPort(seed.Port));
    }

    /// <summary>Tells when the node halted for good.</summary>
    private sealed class HaltListener : ReceiveActor
    {
        public HaltListener(TaskCompletionSource<NodeHalted> halted)
        {
            Context.System.EventStream.Subscribe(Self, typeof(NodeHalted));
            Receive<NodeHalted>(message => halted.TrySetResult(message));
        }
    }
}
