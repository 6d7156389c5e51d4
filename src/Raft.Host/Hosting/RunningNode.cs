using Akka.Actor;
using Raft.Actors.Groups;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Joining;

namespace Raft.Host.Hosting;

/// <summary>A running <c>raft node</c>: the node, its HTTP server, and its membership of the Akka cluster.</summary>
internal sealed class RunningNode : IRunningSystem
{
    /// <summary>
    /// How long a status query waits. A node responds only after it has read its journal, so the query is repeated.
    /// </summary>
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(10);

    private readonly NodeHost _node;
    private readonly NodeServer _server;
    private readonly CancellationTokenSource _watches = new();
    private readonly LifeWatch _life;

    private RunningNode(NodeHost node, NodeServer server, LifeWatch life, Task<Ending> ended)
    {
        _node = node;
        _server = server;
        _life = life;
        Ended = node.Options.IsDataShared
            ? Task.WhenAny(ended, new OutsiderWatch(node).RunAsync(_watches.Token)).Unwrap()
            : ended;
    }

    /// <inheritdoc/>
    public Task<Ending> Ended { get; }

    /// <summary>The options to restart the node.</summary>
    public NodeOptions Options => _node.Options with { NodeId = _node.Self.Id };

    /// <summary>Starts the node.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="former">The state that earlier ActorSystems of this process left.</param>
    /// <param name="tools">Tools to start with it; null for none.</param>
    /// <exception cref="StartupException">The folder, an address or the configuration can't be used.</exception>
    public static async Task<RunningNode> StartAsync(NodeOptions options, FormerLives former, OperatorTools? tools = null)
    {
        Listening.RequireHttp(options.Http);
        var node = NodeHost.Prepare(options);
        try
        {
            var halted = new TaskCompletionSource<Ending>(TaskCreationOptions.RunContinuationsAsynchronously);
            node.System.ActorOf(Props.Create(() => new HaltListener(node.Self.Id, halted)));
            node.Start();
            tools?.Invoke(node.System, node.Group, node.Client);
            var joined = AkkaMembership.Join(node.System, Joining(node, former));
            var server = await NodeServer.StartAsync(node).ConfigureAwait(false);
            Console.WriteLine($"{node.Self.Id} listens on {server.Api}/status");
            var life = LifeWatch.Start(node.Group.Inspection.FindFatalProblemAsync, LifeWatch.Interval);
            return new RunningNode(node, server, life, Task.WhenAny(joined, halted.Task, life.Ended).Unwrap());
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server, transfers leadership, leaves the Akka cluster and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _watches.CancelAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await _node.DisposeAsync().ConfigureAwait(false);
        _watches.Dispose();
    }

    private static JoiningOptions Joining(NodeHost node, FormerLives former)
    {
        node.System.ActorOf(Props.Create(() => new KnownMembersKeeper(node.KnownMembers)), "known-members");
        node.System.ActorOf(Props.Create(() => new DepartedMembers()), "departed-members");
        return new JoiningOptions
        {
            Seeds = node.Options.Seeds,
            Advertised = node.Options.Advertised,
            Known = () => node.KnownMembers.Addresses,
            Through = former.Through,
            Moves = former.Moves,
            RaftCluster = () => ClusterOfAsync(node),
        };
    }

    private static async Task<string?> ClusterOfAsync(NodeHost node)
    {
        try
        {
            return (await node.Group.GetStatusAsync(RecoveryPatience).ConfigureAwait(false)).ClusterId.Value;
        }
        catch (NodeDownException)
        {
            return null;
        }
    }

    /// <summary>Ends the process when the node has halted.</summary>
    private sealed class HaltListener : ReceiveActor
    {
        public HaltListener(NodeId node, TaskCompletionSource<Ending> halted)
        {
            Context.System.EventStream.Subscribe(Self, typeof(NodeHalted));
            Receive<NodeHalted>(message =>
                halted.TrySetException(new ProcessEndException($"{node} halted: {message.Reason}")));
        }
    }
}
