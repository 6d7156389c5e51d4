namespace Raft.Actors.AspNetCore;

/// <summary>
/// What <see cref="RaftEndpointExtensions.MapRaft"/> maps, for which group, and which host names it answers to.
/// </summary>
public sealed class RaftEndpointOptions
{
    /// <summary>The group's name, as <c>WithRaft</c> was given it; null, the default, for a service that has one group.</summary>
    public string? Group { get; set; }

    /// <summary>
    /// Whether the dashboard is mapped at the pattern itself. On by default; without it the API below <c>/api</c> is all that is
    /// mapped.
    /// </summary>
    public bool Dashboard { get; set; } = true;

    /// <summary>
    /// Whether requests that change something are mapped: a transfer of the leadership, a snapshot, and writes of keys. Off
    /// by default, since everybody who reaches the endpoints could send them; put authorization in front before you turn it
    /// on.
    /// </summary>
    public bool AllowChanges { get; set; }

    /// <summary>
    /// Whether the group's state machine is <see cref="StateMachines.KeyValue.KeyValueStore"/>: then its keys are mapped at
    /// <c>/api/kv</c>, and the log and the dashboard show keys. Off by default; other state machines don't understand such
    /// requests.
    /// </summary>
    public bool IsKeyValueStore { get; set; }

    /// <summary>
    /// Host names under which the endpoints are asked for, beside <c>localhost</c> and IP addresses, without ports;
    /// <c>*.example.com</c> is every name below that one. Requests for other names are refused with 421, so that no web page
    /// can reach the service by a name of its own (DNS rebinding). Empty by default.
    /// </summary>
    public IList<string> Hosts { get; } = [];
}
