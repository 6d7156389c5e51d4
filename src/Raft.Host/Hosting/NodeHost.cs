using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Membership;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Hooks;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// A node of the program: data folder, ActorSystem, Raft group and client. It starts in two steps, because a node on a free port
/// knows its address only once its ActorSystem runs.
/// </summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly NodeOptions _options;
    private readonly ActorSystem _system;
    private RaftGroup? _group;
    private IRaftClient? _client;

    private NodeHost(NodeOptions options, DataFolder data, ActorSystem system)
    {
        _options = options;
        _data = data;
        _system = system;
        KnownMembers = KnownMembers.Read(Path.Combine(data.Folder, "known-members"));
    }

    /// <summary>The node as a member: its id, and the address that its peers connect to.</summary>
    public RaftMember Self
    {
        get
        {
            var address = ((ExtendedActorSystem)_system).Provider.DefaultAddress;
            return new RaftMember(_data.Node, address.Host!, address.Port!.Value);
        }
    }

    /// <summary>The processes of the Akka cluster that the node saw last.</summary>
    public KnownMembers KnownMembers { get; }

    /// <summary>The data folder.</summary>
    public DataFolder Data => _data;

    /// <summary>The ActorSystem.</summary>
    public ActorSystem System => _system;

    /// <summary>The Raft group. Available after <see cref="Start"/>.</summary>
    public RaftGroup Group => _group ?? throw new InvalidOperationException("The node has not been started.");

    /// <summary>A client that contacts this node first. Available after <see cref="Start"/>.</summary>
    public IRaftClient Client => _client ?? throw new InvalidOperationException("The node has not been started.");

    /// <summary>Opens the data folder and starts the ActorSystem.</summary>
    /// <exception cref="StartupException">The folder, the address or the configuration can't be used.</exception>
    public static NodeHost Prepare(NodeOptions options)
    {
        var data = options.IsDataShared
            ? SharedDataFolder.Claim(options.DataFolder, options.NodeId)
            : DataFolder.Open(options.DataFolder, options.NodeId);
        try
        {
            var config = NodeConfig.Build(options, data);
            return new NodeHost(options, data, ActorSystems.Start(options.Cluster, options.Remote, config));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Starts the Raft node.</summary>
    /// <param name="overrides">HOCON that overrides the options, such as the members.</param>
    /// <exception cref="RaftConfigurationException">A setting is invalid.</exception>
    public void Start(string overrides = "")
    {
        var config = ConfigurationFactory.ParseString(overrides).WithFallback(_system.Settings.Config);
        var settings = new RaftSettings(config) { JournalLoss = _data.JournalLoss };
        var directory = ClusterDirectory.Start(_system, KnownMembers.Nodes, [.. settings.Members, Self]);
        RoleHooks.Start(_system, _options.Hooks, settings.Group, settings.NodeId);
        _group = RaftGroup.Start(_system, settings, () => new KeyValueStore(), directory, new DiskProbe(_data));
        _client = _group.CreateClient();
    }

    /// <summary>The options of the node.</summary>
    public NodeOptions Options => _options;

    /// <summary>Stops the ActorSystem without leaving or transferring leadership, and releases the data folder.</summary>
    public async Task KillAsync()
    {
        await _system.Terminate().ConfigureAwait(false);
        _data.Dispose();
    }

    /// <summary>Leaves the Akka cluster, stops the ActorSystem, and releases the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await ActorSystems.StopAsync(_system).ConfigureAwait(false);
        _data.Dispose();
    }
}
