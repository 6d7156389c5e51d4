using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Hosting;

using Raft.Actors.StateMachines.KeyValue;
using Member = Raft.Actors.Membership.Member;

namespace Raft.Host.Hosting;

/// <summary>
/// One node of the program: data folder, ActorSystem, Raft group and client. Two steps, because a node that takes a free
/// port knows its address only when its ActorSystem runs.
/// </summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private const string SystemName = "raft";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly DataFolder _data;
    private readonly NodeOptions _options;
    private readonly ActorSystem _system;
    private RaftGroup? _group;
    private RaftClient? _client;

    private NodeHost(NodeOptions options, DataFolder data, ActorSystem system)
    {
        _options = options;
        _data = data;
        _system = system;
    }

    /// <summary>The node as a member: its name and the address that its peers reach.</summary>
    public Member Self
    {
        get
        {
            var address = ((ExtendedActorSystem)_system).Provider.DefaultAddress;
            return new Member(_data.Node, address.Host!, address.Port!.Value);
        }
    }

    /// <summary>The ActorSystem.</summary>
    public ActorSystem System => _system;

    /// <summary>The Raft group; <see cref="Start"/> comes first.</summary>
    public RaftGroup Group => _group ?? throw new InvalidOperationException("The node is not started.");

    /// <summary>A client that asks this node first; <see cref="Start"/> comes first.</summary>
    public RaftClient Client => _client ?? throw new InvalidOperationException("The node is not started.");

    /// <summary>Takes the data folder and starts the ActorSystem.</summary>
    /// <exception cref="StartupException">The folder, the address or the configuration can't be used.</exception>
    public static NodeHost Prepare(NodeOptions options)
    {
        var data = DataFolder.Open(options.DataFolder, options.NodeId);
        try
        {
            return new NodeHost(options, data, ActorSystem.Create(SystemName, NodeConfig.Build(options, data)));
        }
        catch (Exception e)
        {
            data.Dispose();
            var socket = e.GetBaseException() as SocketException;
            throw socket is null && e is not ConfigurationException
                ? new StartupException($"Akka.Remote can't listen on {options.Remote}: {e.GetBaseException().Message}", e)
                : new StartupException(
                    $"Akka.Remote can't listen on {options.Remote}: {socket?.Message ?? e.Message}. Is the port in use?", e);
        }
    }

    /// <summary>Starts the Raft node and joins the Akka cluster.</summary>
    /// <param name="overrides">HOCON over the options' own, such as the members.</param>
    /// <param name="seeds">Addresses to join through.</param>
    /// <exception cref="RaftConfigurationException">A setting is wrong.</exception>
    public void Start(string overrides, IEnumerable<Address> seeds)
    {
        var config = ConfigurationFactory.ParseString(overrides).WithFallback(_system.Settings.Config);
        var settings = new RaftSettings(config);
        var directory = ClusterDirectory.Start(_system, [.. settings.Members, Self]);
        _group = RaftGroup.Start(_system, settings, () => new KeyValueStore(), directory);
        _client = _group.CreateClient();
        Cluster.Get(_system).JoinSeedNodes(seeds);
    }

    /// <summary>The address for other nodes' <see cref="Start"/>.</summary>
    public Address ClusterAddress => Cluster.Get(_system).SelfAddress;

    /// <summary>The options that it was made with.</summary>
    public NodeOptions Options => _options;

    /// <summary>Leaves the Akka cluster, stops the ActorSystem and lets the data folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(StopTimeout)).ConfigureAwait(false);
        _data.Dispose();
    }
}
