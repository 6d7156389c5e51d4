using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;

namespace Raft.Host.Dev;

/// <summary>
/// The cluster of <c>raft dev</c>: real nodes with real faults. Besides the nodes there is an observer, a gateway without faults,
/// through which the dashboards of all nodes see the cluster, even those of crashed nodes.
/// </summary>
internal sealed class DevCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ActorSystem _observer;
    private readonly DevLinks _links;

    private DevCluster(ActorSystem observer, RaftGateway group, DevLinks links, LocalCluster local, IReadOnlyList<DevNode> nodes)
    {
        _observer = observer;
        _links = links;
        Observer = group;
        Local = local;
        Nodes = nodes;
    }

    /// <summary>The nodes, sorted by name.</summary>
    public IReadOnlyList<DevNode> Nodes { get; }

    /// <summary>The group, as the observer sees it.</summary>
    public RaftGateway Observer { get; }

    /// <summary>The nodes as they were first started.</summary>
    public LocalCluster Local { get; }

    /// <summary>The cut links.</summary>
    public IEnumerable<(NodeId From, NodeId To)> Cuts => _links.Cuts;

    /// <summary>Starts all nodes.</summary>
    /// <param name="nodes">The options of each node.</param>
    /// <param name="clusterId">The id of the cluster.</param>
    /// <exception cref="StartupException">A node can't start.</exception>
    public static async Task<DevCluster> StartAsync(IReadOnlyList<NodeOptions> nodes, ClusterId? clusterId)
    {
        var free = new OwnAddress(new HostPort("127.0.0.1", 0));
        var config = Hocon.Parse("the options", $"{nodes[0].Overrides}\n{Hocon.Remote(free)}")
            .WithFallback(Hocon.Load("gateway.conf", "common.conf"))
            .WithFallback(RaftConfig.Reference);
        var observer = ActorSystems.Start(nodes[0].Cluster, free, config);
        try
        {
            var links = new DevLinks();
            var cluster = Cluster.Get(observer);
            cluster.Join(cluster.SelfAddress);
            var processes = nodes.Select(n => new DevProcess(n.NodeId!.Value, links)).ToArray();
            var local = await LocalCluster.StartAsync(
                [.. processes.Zip(nodes, (process, node) => process.Inside(node))], clusterId, cluster.SelfAddress)
                .ConfigureAwait(false);
            var directory = ClusterDirectory.Start(observer, local.Nodes.Select(n => n.Self));
            DevNode[] all = [.. nodes.Select((node, i) => new DevNode(local.Nodes[i], node, processes[i], links, local.Join))];
            return new DevCluster(observer, new RaftGateway(observer, directory), links, local, all);
        }
        catch
        {
            await ActorSystems.StopAsync(observer).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs an action on a node, after all earlier actions.</summary>
    /// <exception cref="FaultRefusedException">The action is not possible now.</exception>
    /// <exception cref="StartupException">The node can't start again.</exception>
    public async Task DoAsync(Func<Task> fault)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            await fault().ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>
    /// Crashes a node and removes it from the Akka cluster: while it is unreachable there, no restarted node could join, and its
    /// messages would not be delivered.
    /// </summary>
    public async Task CrashAsync(DevNode node)
    {
        if (node.State == DevNodeState.Crashed) return;
        var address = node.Address;
        await node.CrashAsync().ConfigureAwait(false);
        Cluster.Get(_observer).Down(address);
    }

    /// <summary>Cuts a link in both directions.</summary>
    /// <exception cref="FaultRefusedException">Both ends are the same node.</exception>
    public void Cut(DevNode a, DevNode b)
    {
        RequireLink(a, b);
        _links.Cut(a.Id, b.Id);
    }

    /// <summary>Heals a link.</summary>
    /// <exception cref="FaultRefusedException">Both ends are the same node.</exception>
    public void Heal(DevNode a, DevNode b)
    {
        RequireLink(a, b);
        _links.Heal(a.Id, b.Id);
    }

    /// <summary>Ends all faults.</summary>
    /// <exception cref="StartupException">A node can't start again.</exception>
    public async Task HealAllAsync()
    {
        _links.HealAll();
        foreach (var node in Nodes)
        {
            if (node.State == DevNodeState.Paused) node.Resume();
            if (node.State == DevNodeState.Crashed) await node.RestartAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops all nodes and the observer.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(n => n.StopAsync()).Append(ActorSystems.StopAsync(_observer))).ConfigureAwait(false);
        _oneAtATime.Dispose();
    }

    private static void RequireLink(DevNode a, DevNode b)
    {
        if (a == b) throw new FaultRefusedException($"{a.Id} has no link to itself. Choose two different nodes.");
    }
}
