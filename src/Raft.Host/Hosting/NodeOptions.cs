using Raft.Actors.Protocol;
using Raft.Host.Api;
using Raft.Host.Hooks;
using Raft.Programs.Addresses;

namespace Raft.Host.Hosting;

/// <summary>The configuration of a node. <see cref="NodeEnvironment"/> reads it from the <c>RAFT_*</c> variables.</summary>
internal sealed record NodeOptions
{
    /// <summary>The name of the ActorSystem, the same in all processes of a cluster.</summary>
    public string Cluster { get; init; } = "raft";

    /// <summary>The node id; null for the id stored in the data folder, or else the host name.</summary>
    public NodeId? NodeId { get; init; }

    /// <summary>The folder of the journal and of everything that must survive a restart.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Whether replicas share the folder. If so, the node takes a free folder in it, and its id with it; that of <see
    /// cref="NodeId"/> only if it is free.
    /// </summary>
    public bool IsDataShared { get; init; }

    /// <summary>The address on which HTTP listens.</summary>
    public required HostPort Http { get; init; }

    /// <summary>The path and description of the HTTP API.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>The scripts to run when the node takes a role.</summary>
    public RoleHookOptions Hooks { get; init; } = new();

    /// <summary>The address that peers connect to, and the address to listen on. Port 0 takes a free port.</summary>
    public required OwnAddress Remote { get; init; }

    /// <summary>The addresses through which to join the Akka cluster.</summary>
    public IReadOnlyList<HostPort> Seeds { get; init; } = [];

    /// <summary>The addresses of configured members. They are used as written; names are not resolved.</summary>
    public IReadOnlyCollection<HostPort> Advertised { get; init; } = [];

    /// <summary>HOCON that overrides the files in <c>hocon/</c>: members, timing, log level.</summary>
    public string Overrides { get; init; } = "";
}
