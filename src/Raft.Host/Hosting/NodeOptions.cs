using Raft.Actors.Protocol;
using Raft.Host.Api;
using Raft.Host.Hooks;
using Raft.Programs.Addresses;

namespace Raft.Host.Hosting;

/// <summary>What a person configures of a node; <see cref="NodeEnvironment"/> reads it from <c>RAFT_*</c> variables.</summary>
internal sealed record NodeOptions
{
    /// <summary>The ActorSystem's name, the same in all processes of a cluster.</summary>
    public string Cluster { get; init; } = "raft";

    /// <summary>The node's name; null takes the one in the data folder, or else the host's.</summary>
    public NodeId? NodeId { get; init; }

    /// <summary>Folder of the journal and of all that must survive a restart.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Whether replicas share the folder: then the node takes a folder in it, with its name, and that of <see cref="NodeId"/> only
    /// where it is free.
    /// </summary>
    public bool IsDataShared { get; init; }

    /// <summary>Where HTTP listens.</summary>
    public required HostPort Http { get; init; }

    /// <summary>Where the HTTP API is and what its document says of it.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Scripts that run when the node takes a role.</summary>
    public RoleHookOptions Hooks { get; init; } = new();

    /// <summary>Under which address peers reach this node's Akka.Remote, and where it listens; port 0 takes a free one.</summary>
    public required OwnAddress Remote { get; init; }

    /// <summary>Addresses to join the Akka cluster through.</summary>
    public IReadOnlyList<HostPort> Seeds { get; init; } = [];

    /// <summary>Addresses of members that are configured: they are asked as they are written, names are not looked up.</summary>
    public IReadOnlyCollection<HostPort> Advertised { get; init; } = [];

    /// <summary>HOCON that overrides the files in <c>hocon/</c>: members, timing, log level.</summary>
    public string Overrides { get; init; } = "";
}
