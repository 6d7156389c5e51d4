using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Programs.Configuration;
using MemberStatus = Raft.Actors.Protocol.MemberStatus;

namespace Raft.Host.Hosting;

/// <summary>
/// A cluster in one process: each node has its own ActorSystem and journal, and they are connected by Akka.Remote over loopback.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    /// <summary>HOCON for nodes that stop together, so that no node can take over the leadership.</summary>
    public const string StopsTogether = "raft.transfer-at-shutdown = off";

    private static readonly TimeSpan StatusTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Address _seed;
    private readonly string _overrides;

    private LocalCluster(IReadOnlyList<NodeHost> nodes, Address seed, string overrides)
    {
        Nodes = nodes;
        _seed = seed;
        _overrides = overrides;
    }

    /// <summary>The nodes n1, n2, …</summary>
    public IReadOnlyList<NodeHost> Nodes { get; }

    /// <summary>Starts all nodes.</summary>
    /// <param name="nodes">The options of each node.</param>
    /// <param name="clusterId">The id of the cluster; null to derive it from the addresses of the nodes.</param>
    /// <param name="seed">The address through which the nodes join the Akka cluster; null for the first node.</param>
    /// <exception cref="StartupException">A node can't start.</exception>
    public static async Task<LocalCluster> StartAsync(
        IReadOnlyList<NodeOptions> nodes, ClusterId? clusterId = null, Address? seed = null)
    {
        var started = new List<NodeHost>();
        try
        {
            foreach (var preparation in nodes.Select(o => Task.Run(() => NodeHost.Prepare(o))).ToArray())
                started.Add(await preparation.ConfigureAwait(false));
            var members = string.Join(", ", started.Select(n => $"\"{n.Self}\""));
            var overrides = $"raft {{ members = [{members}], cluster-id = \"{clusterId}\" }}";
            var cluster = new LocalCluster(started, seed ?? Cluster.Get(started[0].System).SelfAddress, overrides);
            foreach (var node in started) cluster.Join(node);
            return cluster;
        }
        catch
        {
            foreach (var node in started) await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts a prepared node as a node of this cluster.</summary>
    public void Join(NodeHost node)
    {
        node.Start(_overrides);
        Cluster.Get(node.System).JoinSeedNodes([_seed]);
    }

    /// <summary>Waits for a leader that a majority follows.</summary>
    /// <returns>The leader.</returns>
    /// <exception cref="StartupException">A majority of the nodes has halted, so that no leader can be elected.</exception>
    public async Task<NodeHost> WaitForLeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var views = await Task.WhenAll(Nodes.Select(n => ViewAsync(n, cancellationToken))).ConfigureAwait(false);
            var leader = Array.FindIndex(
                views, v => v.Status is { Role: RaftRole.Leader } status && status.LastApplied > LogIndex.Zero);
            if (leader >= 0) return Nodes[leader];
            var halted = views.Select(v => v.Down).Where(d => d is { IsHalted: true }).ToArray();
            if (halted.Length > (Nodes.Count - 1) / 2)
                throw new StartupException($"{halted[0]!.NodeId} halted: {halted[0]!.Reason}");
            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops all nodes.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask())).ConfigureAwait(false);

    /// <summary>Ignores timeouts: a node that still recovers does not respond.</summary>
    private static async Task<NodeView> ViewAsync(NodeHost node, CancellationToken cancellationToken)
    {
        var view = new NodeView(new MemberStatus(node.Self.Id, node.Self.Address), Status: null, Down: null);
        try
        {
            var status = await node.Group.GetStatusAsync(StatusTimeout, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return view with { Status = status };
        }
        catch (NodeDownException e)
        {
            return view with { Down = e.Down };
        }
        catch (NoAnswerException)
        {
            return view;
        }
    }
}
