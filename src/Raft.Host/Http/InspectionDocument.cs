using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Actors.Inspection;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="InspectionRoutes"/> and <see cref="HealthRoutes"/>.</summary>
internal static class InspectionDocument
{
    private const string Tag = "Inspection";
    private const string HealthTag = "Health";
    private const string BadParameter = "A parameter is not valid.";
    private const string Down = "The node is down or does not answer, or there is no leader; the detail says why.";
    private const string Unknown = "No address is known of the node that `node` names.";

    public static RouteDocument Status => new("getStatus", Tag, "A node as it sees itself")
    {
        Parameters = [Node],
        Answer = "The node's status.",
        Problems = new Dictionary<int, string> { [400] = BadParameter, [404] = Unknown, [503] = Down },
    };

    public static RouteDocument Cluster => new("getCluster", Tag, "Every node as seen from here, members or not")
    {
        Description = "Asks all nodes that have an address at the same time and waits one second for each.",
        Answer = "Each node with its status, or marked as unreachable, or with the reason why it takes no part.",
    };

    public static RouteDocument Log => new("getLog", Tag, "A page of a node's log")
    {
        Parameters =
        [
            Node,
            ApiDocument.Query("from", "First index wanted.", Number(1, max: null, otherwise: 1)),
            ApiDocument.Query("limit", "Entries in the page, at the most.", Limit(ApiLimits.MaxLogPage)),
        ],
        Answer = "Entries in order, fewer than `limit` at the log's end and where they are large. None only after the log's end.",
        Problems = new Dictionary<int, string> { [400] = BadParameter, [404] = Unknown, [503] = Down },
    };

    public static RouteDocument Members => new("getMembers", Tag, "Who is a member, and who else is there")
    {
        Description = "The members of the Raft group with how far each is behind, nodes that are no members, and the other processes "
            + "of the Akka cluster.",
        Answer = "Every node and process that is known here.",
    };

    public static RouteDocument Actors => new("getActors", Tag, "A process's live tree of actors")
    {
        Description = "Types and mailbox sizes, read without asking or holding up any actor.",
        Parameters =
        [
            ApiDocument.Query("node", "The node whose process is asked. Without it: the process that takes the request.", ApiDocument.Text()),
            ApiDocument.Query("under", "Path of the actor to begin at, such as `/user`. Without it: all.", ApiDocument.Text()),
            ApiDocument.Query(
                "depth", "Levels below that actor, at the most.", Number(0, ActorTreeReader.MaxDepth, ActorTreeReader.MaxDepth)),
            ApiDocument.Query(
                "limit", "Actors in the answer, at the most.", Number(1, ActorTreeReader.MaxActors, ApiLimits.DefaultActors)),
        ],
        Answer = "The actors, each before its children.",
        Problems = new Dictionary<int, string>
        {
            [400] = BadParameter,
            [404] = "No address is known of the node that `node` names, or there is no actor at `under`.",
            [503] = "The node's process does not answer.",
        },
    };

    public static RouteDocument Doctor => new("getDoctor", Tag, "What is wrong with the cluster, and what to do")
    {
        Description = "Examines every node that answers: configuration, clocks, disks, connectivity, versions. It takes a few seconds "
            + "where nodes are down, writes a few blocks to a file of its own in each data folder, and changes nothing.",
        Answer = "Findings, the worst first, and what they rest on.",
    };

    public static RouteDocument Live => new("getLiveness", HealthTag, "Whether the node has not stopped for good")
    {
        Answer = "The node runs, or is starting. A gateway is always live.",
        Problems = new Dictionary<int, string> { [503] = "The node has stopped for good; the detail says why." },
    };

    public static RouteDocument Ready => new("getReadiness", HealthTag, "Whether the node takes part in the group")
    {
        Answer = "The node knows a leader and has applied entries. At a gateway: the group has a leader that answers.",
        Problems = new Dictionary<int, string> { [503] = "The node is not ready; the detail says why." },
    };

    private static OpenApiParameter Node => ApiDocument.Query(
        "node", "The node to ask, such as `n2`. Without it: the node that takes the request, or, at a gateway, the leader.",
        ApiDocument.Text());

    /// <summary>The schema of a page's size.</summary>
    public static OpenApiSchema Limit(int max) => Number(1, max, ApiLimits.DefaultPage);

    private static OpenApiSchema Number(int min, int? max, int otherwise) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = min.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(otherwise),
    };
}
