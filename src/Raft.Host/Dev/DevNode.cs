using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Dev;

/// <summary>A node of <c>raft dev</c> through all its lives. Its callers see to it that one thing happens at a time.</summary>
internal sealed class DevNode
{
    private readonly DevLinks _links;
    private readonly Action<NodeHost> _join;
    private volatile NodeHost _host;
    private DevProcess _process;

    /// <param name="host">The node, started, in <paramref name="process"/>.</param>
    /// <param name="options">What it was made with, its process apart.</param>
    /// <param name="process">What it runs in.</param>
    /// <param name="links">The links to others.</param>
    /// <param name="join">Starts the node of another life and joins it with the others.</param>
    public DevNode(NodeHost host, NodeOptions options, DevProcess process, DevLinks links, Action<NodeHost> join)
    {
        _host = host;
        _process = process;
        _links = links;
        _join = join;
        Id = host.Self.Id;
        Options = options with { Remote = new OwnAddress(new HostPort(host.Self.Host, host.Self.Port)) };
        links.Know(Id, host.Self.Port);
    }

    /// <summary>Its name.</summary>
    public NodeId Id { get; }

    /// <summary>Its options; it keeps the port that it got at first.</summary>
    public NodeOptions Options { get; }

    /// <summary>What was done to it.</summary>
    public DevNodeState State { get; private set; }

    /// <summary>Why it does not answer; null where it runs.</summary>
    public NodeDown? Down => State switch
    {
        DevNodeState.Paused => new NodeDown(Id, "it was paused by hand; resume it, and it goes on", IsHalted: false),
        DevNodeState.Crashed => new NodeDown(Id, "it was crashed by hand; restart it, and it comes back", IsHalted: false),
        _ => null,
    };

    /// <summary>Its address in the Akka cluster.</summary>
    public Address Address => ((ExtendedActorSystem)_host.System).Provider.DefaultAddress;

    /// <summary>Its group, in the life of the moment.</summary>
    public IRaftGroup Group => _host.Group;

    /// <summary>Its client, in the life of the moment.</summary>
    public RaftClient Client => _host.Client;

    /// <summary>Makes it stand still.</summary>
    /// <exception cref="FaultRefusedException">It is crashed.</exception>
    public void Pause()
    {
        RefuseIfCrashed();
        _process.Hold();
        State = DevNodeState.Paused;
    }

    /// <summary>Lets it go on.</summary>
    /// <exception cref="FaultRefusedException">It is crashed.</exception>
    public void Resume()
    {
        RefuseIfCrashed();
        State = DevNodeState.Running;
        _process.Release();
    }

    /// <summary>
    /// Ends it without a word to anybody: its connections are closed first, so that nothing that it still does is heard. The rest
    /// is the way of the ActorSystem to give back files and memory.
    /// </summary>
    public async Task CrashAsync()
    {
        State = DevNodeState.Crashed;
        await _process.DisconnectAsync().ConfigureAwait(false);
        _process.Release();
        await _host.KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>Starts it again with its name, port and data.</summary>
    /// <exception cref="FaultRefusedException">It is not crashed.</exception>
    /// <exception cref="StartupException">It can't start; it stays crashed.</exception>
    public async Task RestartAsync()
    {
        if (State != DevNodeState.Crashed) throw new FaultRefusedException($"{Id} is {Name(State)}. Crash it first.");
        var process = new DevProcess(Id, _links);
        try
        {
            var host = await Task.Run(() => NodeHost.Prepare(process.Inside(Options))).ConfigureAwait(false);
            _join(host);
            (_host, _process) = (host, process);
            State = DevNodeState.Running;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Stops it as it would be stopped by a person.</summary>
    public async Task StopAsync()
    {
        if (State == DevNodeState.Crashed) return;
        _process.Release();
        await _host.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>The name of a state.</summary>
    public static string Name(DevNodeState state) => state.ToString().ToLowerInvariant();

    private void RefuseIfCrashed()
    {
        if (State == DevNodeState.Crashed) throw new FaultRefusedException($"{Id} is crashed. Restart it first.");
    }
}
