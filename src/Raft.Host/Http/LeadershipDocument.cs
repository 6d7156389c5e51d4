using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The document of <see cref="LeadershipRoutes"/>.</summary>
internal static class LeadershipDocument
{
    public static RouteDocument Transfer => new("transferLeadership", "Leadership", "Make another node lead")
    {
        Description = "Without an election timeout, and without losing a write: the leader first brings the other node up to date. "
            + "Any node takes the request. Without `to` the leader chooses the node that is best placed.",
        JsonBody = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["to"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "The name of the node that is to lead.",
                },
            },
        },
        BodyExample = new JsonObject { ["to"] = "n2" },
        Example = new TransferAnswer("n1", "n2", Term: 4),
        Answer = "The node named by `to` was elected in place of the old leader.",
        Problems = new Dictionary<int, string>
        {
            [400] = "The body is not valid, or `to` is no member; nothing was changed.",
            [409] = "The group can't do it now: the node leads already, is not reachable, or another transfer is under way. "
                + "Nothing was changed.",
            [413] = $"The body has more than {ApiLimits.MaxJsonBytes} bytes; nothing was changed.",
            [415] = ApiDocument.NotJson,
            [503] = "No leader is known, or this node is down; nothing was changed. Try again after `Retry-After` seconds.",
            [504] = "Titled `Not transferred`: the node did not take over within an election timeout; the detail says who leads. "
                + "Titled `Outcome unknown`: nobody answered; the answer of `getStatus` says who leads.",
        },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [400] = new("No such member", "n9 is no member; members are n1, n2, n3."),
            [503] = new("No leader", "No leader is known; nothing was changed."),
            [504] = new("Not transferred", "n2 did not take over within 1 s; n1 still leads."),
        },
    };
}
