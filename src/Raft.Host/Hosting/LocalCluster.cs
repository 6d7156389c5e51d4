using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// A cluster in one process: each node an ActorSystem of its own with its own journal, joined over real Akka.Remote on
/// loopback.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    /// <summary>HOCON for nodes that stop together: then there is nobody to hand the leadership to.</summary>
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
    /// <param name="nodes">Options of each node.</param>
    /// <param name="clusterId">The cluster's id; null makes it from the nodes' addresses.</param>
    /// <param name="seed">Where the nodes join the Akka cluster; null for the first of them.</param>
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

    /// <summary>Starts a node that is prepared, as one of this cluster.</summary>
    public void Join(NodeHost node)
    {
        node.Start(_overrides);
        Cluster.Get(node.System).JoinSeedNodes([_seed]);
    }

    /// <summary>Waits until a node leads and a majority follows it.</summary>
    /// <returns>The leader.</returns>
    /// <exception cref="StartupException">A majority of the nodes halted, so that there can't be a leader.</exception>
    public async Task<NodeHost> WaitForLeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var statuses = await Task.WhenAll(Nodes.Select(StatusOf)).ConfigureAwait(false);
            var leader = Array.FindIndex(
                statuses, s => s.Status is { Role: RaftRole.Leader } status && status.LastApplied > LogIndex.Zero);
            if (leader >= 0) return Nodes[leader];
            var halted = statuses.Select(s => s.Down).Where(d => d is { IsHalted: true }).ToArray();
            if (halted.Length > (Nodes.Count - 1) / 2)
                throw new StartupException($"{halted[0]!.NodeId} halted: {halted[0]!.Reason}");
            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops all nodes.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask())).ConfigureAwait(false);

    /// <summary>A node that still recovers does not answer yet.</summary>
    private static async Task<(NodeStatus? Status, NodeDown? Down)> StatusOf(NodeHost node)
    {
        try
        {
            return await node.Group.GetStatusAsync(StatusTimeout).ConfigureAwait(false);
        }
        catch (NoAnswerException)
        {
            return default;
        }
    }
}
