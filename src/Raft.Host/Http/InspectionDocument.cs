using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="InspectionRoutes"/> and <see cref="HealthRoutes"/>.</summary>
internal static class InspectionDocument
{
    private const string Tag = "Inspection";
    private const string HealthTag = "Health";
    private const string Down = "The node is down or does not answer; the detail says why.";

    public static RouteDocument Status => new("getStatus", Tag, "This node as it sees itself")
    {
        Answer = "The node's status.",
        Problems = new Dictionary<int, string> { [503] = Down },
    };

    public static RouteDocument Cluster => new("getCluster", Tag, "Every member as seen from this node")
    {
        Description = "Asks all members at the same time and waits one second for each.",
        Answer = "Each member with its status, or marked as unreachable.",
    };

    public static RouteDocument Log => new("getLog", Tag, "A page of this node's log")
    {
        Parameters =
        [
            ApiDocument.Query("from", "First index wanted.", Number(1, max: null, otherwise: 1)),
            ApiDocument.Query("limit", "Entries in the page, at the most.", Limit(ApiLimits.MaxLogPage)),
        ],
        Answer = "Entries in order, fewer than `limit` only at the log's end.",
        Problems = new Dictionary<int, string> { [400] = "A parameter is not valid.", [503] = Down },
    };

    public static RouteDocument Live => new("getLiveness", HealthTag, "Whether the node has not stopped for good")
    {
        Answer = "The node runs, or is starting.",
        Problems = new Dictionary<int, string> { [503] = "The node has stopped for good; the detail says why." },
    };

    public static RouteDocument Ready => new("getReadiness", HealthTag, "Whether the node takes part in the group")
    {
        Answer = "The node knows a leader and has applied entries.",
        Problems = new Dictionary<int, string> { [503] = "The node is not ready; the detail says why." },
    };

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
