using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of <see cref="InspectionRoutes"/>.</summary>
internal static class InspectionDocument
{
    private const string Tag = "Inspection";
    private const string BadParameter = "A parameter is invalid.";
    private const string Down = "The node is unavailable or does not respond, or there is no leader. `detail` says why.";
    private const string Unknown = "The address of the node that `node` names is unknown.";

    public static RouteDocument Status => new("getStatus", Tag, "Get the status of a node")
    {
        Parameters = [Node],
        Answer = "The node's status.",
        Example = Leader,
        Problems = new Dictionary<int, string> { [400] = BadParameter, [404] = Unknown, [503] = Down },
    };

    public static RouteDocument Cluster => new("getCluster", Tag, "Get the status of all nodes, members or not")
    {
        Description = "Queries all nodes with a known address in parallel and waits up to one second for each.",
        Answer = "Each node with its status, or marked as unreachable, or with the reason why it is unavailable.",
        Example = new ClusterAnswer(
            "n1",
            [
                new ClusterNodeAnswer("n1", "10.0.0.1:4053", Reachable: true, Leader, Problem: null),
                new ClusterNodeAnswer("n2", "10.0.0.2:4053", Reachable: false, Status: null, Problem: null),
                new ClusterNodeAnswer("n3", "10.0.0.3:4053", Reachable: true, Status: null, "it is being started again"),
            ]),
    };

    public static RouteDocument Members => new("getMembers", Tag, "List members and other processes")
    {
        Description = "The members of the Raft group with their replication lag, nodes that are not members, and the other "
            + "processes of the Akka cluster.",
        Answer = "Every known node and process.",
        Example = new MembersAnswer(
            "n1",
            "n1",
            [
                new MemberViewAnswer(
                    "n1", Member: true, "10.0.0.1:4053", Reachable: true, "leader", 3, 12, 0, 0, null,
                    Up("10.0.0.1:4053", "raft")),
                new MemberViewAnswer(
                    "n2", Member: true, "10.0.0.2:4053", Reachable: false, null, null, null, null, 8200, null,
                    Up("10.0.0.2:4053", "raft")),
            ],
            [Up("10.0.0.9:4053", "lighthouse")]),
    };

    public static RouteDocument Log => new("getLog", Tag, "Get a page of a node's log")
    {
        Parameters =
        [
            Node,
            ApiDocument.Query("from", "First index of the page.", Number(1, max: null, otherwise: 1)),
            ApiDocument.Query("limit", "Maximum number of entries.", Limit(ApiLimits.MaxLogPage)),
        ],
        Answer = "Entries in order. There are fewer than `limit` at the end of the log or if they are large, and none only "
            + "beyond the end. If a snapshot covers the requested entries, the page starts at `firstIndex`.",
        Example = new LogAnswer(
            [
                new LogEntryAnswer(11, Term: 3, "no-op", Bytes: 0, Command: null, Committed: true, Applied: true),
                new LogEntryAnswer(12, Term: 3, "command", Bytes: 15, "put colour (3 bytes)", Committed: true, Applied: true),
            ],
            CommitIndex: 12,
            LastApplied: 12,
            LastIndex: 12,
            FirstIndex: 1),
        Problems = new Dictionary<int, string> { [400] = BadParameter, [404] = Unknown, [503] = Down },
    };

    /// <summary>The parameter that selects the node.</summary>
    public static OpenApiParameter Node => ApiDocument.Query(
        "node", "The node to query, such as `n2`. Default: the node that receives the request, or the leader at a gateway.",
        ApiDocument.Text(),
        "n1");

    private static StatusAnswer Leader => new(
        "n1",
        "ac53501f92fa4a7b",
        "default",
        "leader",
        Term: 3,
        LeaderId: "n1",
        CommitIndex: 12,
        LastApplied: 12,
        LastLogIndex: 12,
        LastLogTerm: 3,
        DurableIndex: 12,
        SnapshotIndex: 0,
        VotedFor: "n1",
        [new("n1", "10.0.0.1:4053"), new("n2", "10.0.0.2:4053"), new("n3", "10.0.0.3:4053")],
        FirstLogIndex: 1,
        ElectionTimeoutMs: null,
        ElectionTimeoutLeftMs: null,
        [
            new("n2", Reached: true, MatchIndex: 12, StalledSeconds: 0),
            new("n3", Reached: false, MatchIndex: 9, StalledSeconds: 41),
        ],
        AwaitsReadmission: false);

    /// <summary>Returns the schema of a page size.</summary>
    public static OpenApiSchema Limit(int max) => Number(1, max, ApiLimits.DefaultPage);

    /// <summary>Returns the schema of a whole number.</summary>
    public static OpenApiSchema Number(int min, int? max, int otherwise) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = min.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(otherwise),
    };

    private static AkkaMemberAnswer Up(string address, string role) => new(address, "up", [role], Reachable: true);
}
