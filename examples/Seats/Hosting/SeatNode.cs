namespace Seats.Hosting;

/// <summary>One of the service's processes, as appsettings.json names it: its place among the members, and where HTTP listens.</summary>
internal sealed record SeatNode(string Id, string Http, string Raft)
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<SeatNode> All(IConfiguration configuration) =>
        [.. configuration.GetSection("Nodes").GetChildren().Select(n => new SeatNode(n.Key, n["Http"] ?? "", n["Raft"] ?? ""))];

    /// <summary>As a member of the Raft group.</summary>
    public string Member => $"{Id}={Raft}";
}
