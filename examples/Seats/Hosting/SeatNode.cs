namespace Seats.Hosting;

/// <summary>
/// A process of the service, as configured in appsettings.json: its id, and the addresses of HTTP and Raft.
/// </summary>
internal sealed record SeatNode(string Id, string Http, string Raft)
{
    /// <summary>Returns all nodes, ordered by name.</summary>
    public static IReadOnlyList<SeatNode> All(IConfiguration configuration) =>
        [.. configuration.GetSection("Nodes").GetChildren().Select(n => new SeatNode(n.Key, n["Http"] ?? "", n["Raft"] ?? ""))];

    /// <summary>The node as a member of the Raft group.</summary>
    public string Member => $"{Id}={Raft}";
}
