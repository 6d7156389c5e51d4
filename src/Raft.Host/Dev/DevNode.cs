using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Dev;

/// <summary>A <c>raft dev</c> node across crashes and restarts. Callers serialize all calls.</summary>
internal sealed class DevNode
{
    private readonly DevLinks _links;
    private readonly Action<NodeHost> _join;
    private volatile NodeHost _host;
    private DevProcess _process;

    /// <param name="host">The started node in <paramref name="process"/>.</param>
    /// <param name="options">Its options, without those of its process.</param>
    /// <param name="process">The process in which it runs.</param>
    /// <param name="links">The links to other nodes.</param>
    /// <param name="join">Starts the restarted node and joins it to the others.</param>
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

    /// <summary>The id of the node.</summary>
    public NodeId Id { get; }

    /// <summary>Its options. It keeps the port of its first start.</summary>
    public NodeOptions Options { get; }

    /// <summary>Whether it runs, is paused or has crashed.</summary>
    public DevNodeState State { get; private set; }

    /// <summary>Why it does not respond; null if it runs.</summary>
    public NodeDown? Down => State switch
    {
        DevNodeState.Paused => new NodeDown(Id, "it was paused manually; resume it to continue", IsHalted: false),
        DevNodeState.Crashed => new NodeDown(Id, "it was crashed manually; restart it to continue", IsHalted: false),
        _ => null,
    };

    /// <summary>Its address in the Akka cluster.</summary>
    public Address Address => ((ExtendedActorSystem)_host.System).Provider.DefaultAddress;

    /// <summary>Its current group.</summary>
    public IRaftGroup Group => _host.Group;

    /// <summary>Its current client.</summary>
    public IRaftClient Client => _host.Client;

    /// <summary>Pauses it.</summary>
    /// <exception cref="FaultRefusedException">It has crashed.</exception>
    public void Pause()
    {
        RefuseIfCrashed();
        _process.Hold();
        State = DevNodeState.Paused;
    }

    /// <summary>Resumes it.</summary>
    /// <exception cref="FaultRefusedException">It has crashed.</exception>
    public void Resume()
    {
        RefuseIfCrashed();
        State = DevNodeState.Running;
        _process.Release();
    }

    /// <summary>
    /// Crashes it without a message to anybody: first its connections are closed, so that nothing it still sends arrives. Then
    /// the ActorSystem stops to release files and memory.
    /// </summary>
    public async Task CrashAsync()
    {
        State = DevNodeState.Crashed;
        await _process.DisconnectAsync().ConfigureAwait(false);
        _process.Release();
        await _host.KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>Restarts it with the same id, port and data.</summary>
    /// <exception cref="FaultRefusedException">It has not crashed.</exception>
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

    /// <summary>Stops it gracefully.</summary>
    public async Task StopAsync()
    {
        if (State == DevNodeState.Crashed) return;
        _process.Release();
        await _host.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>Returns the name of a state.</summary>
    public static string Name(DevNodeState state) => state.ToString().ToLowerInvariant();

    private void RefuseIfCrashed()
    {
        if (State == DevNodeState.Crashed) throw new FaultRefusedException($"{Id} has crashed. Restart it first.");
    }
}
