using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The documentation of <see cref="InspectionRoutes"/> and <see cref="HealthRoutes"/>.</summary>
internal static class InspectionDocument
{
    private const string Tag = "Inspection";
    private const string HealthTag = "Health";
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

    public static RouteDocument Live => new("getLiveness", HealthTag, "Check whether the node is alive")
    {
        Answer = "The node is running or starting. For a gateway: Akka.Remote is running.",
        Example = new HealthAnswer("live"),
        Problems = new Dictionary<int, string> { [503] = "The node has halted, or its process is dead. `detail` says why." },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new("Node is down", "n1 is unavailable: the journal of raft-default-n1 is damaged at sequence number 7."),
        },
    };

    public static RouteDocument Ready => new("getReadiness", HealthTag, "Check whether the node is ready to serve requests")
    {
        Answer = "The node knows a leader and has applied all committed entries except at most the newest 10,000. For a "
            + "gateway: the group has a leader that responds.",
        Example = new HealthAnswer("ready"),
        Problems = new Dictionary<int, string> { [503] = "The node is not ready. `detail` lists every reason." },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [503] = new("Not ready", "n1 knows no leader in term 7. 1 of 3 members take part, and 2 are needed: n2 does not answer, n3 does not answer."),
        },
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
        [new("n2", Reached: true, MatchIndex: 12, StalledSeconds: 0), new("n3", Reached: false, MatchIndex: 9, StalledSeconds: 41)],
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
}
