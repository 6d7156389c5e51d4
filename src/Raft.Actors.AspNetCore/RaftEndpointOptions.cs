namespace Raft.Actors.AspNetCore;

/// <summary>
/// Options of <see cref="RaftEndpointExtensions.MapRaft"/>: the group, the mapped endpoints, and the accepted host names.
/// </summary>
public sealed class RaftEndpointOptions
{
    /// <summary>The group's name, as passed to <c>WithRaft</c>; null, the default, for an application with one group.</summary>
    public string? Group { get; set; }

    /// <summary>
    /// Whether the dashboard is mapped at the pattern itself. On by default; if it is off, only the API below <c>/api</c> is
    /// mapped.
    /// </summary>
    public bool Dashboard { get; set; } = true;

    /// <summary>
    /// Whether endpoints that change something are mapped: leadership transfers, snapshots, and writes of keys. Off by default,
    /// because everyone who reaches the endpoints could use them. Require authorization before you turn it on.
    /// </summary>
    public bool AllowChanges { get; set; }

    /// <summary>
    /// Whether the group's state machine is a <see cref="StateMachines.KeyValue.KeyValueStore"/>. If so, its keys are mapped at
    /// <c>/api/kv</c>, and the log and the dashboard show keys. Off by default; other state machines don't understand such
    /// requests.
    /// </summary>
    public bool IsKeyValueStore { get; set; }

    /// <summary>
    /// Host names that requests may name, besides <c>localhost</c> and IP addresses, without ports; <c>*.example.com</c> stands
    /// for all names below <c>example.com</c>. Requests for other names get 421, so that no web page can reach the service under
    /// a name of its own (DNS rebinding). Empty by default.
    /// </summary>
    public IList<string> Hosts { get; } = [];
}
