using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of <see cref="LeadershipRoutes"/>.</summary>
internal static class LeadershipDocument
{
    public static RouteDocument Transfer => new("transferLeadership", "Leadership", "Transfer leadership to another node")
    {
        Description = "Takes no election timeout and loses no write: the leader first brings the other node up to date. Every "
            + "node accepts the request. Without `to`, the leader chooses the most suitable node.",
        JsonBody = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["to"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "The new leader.",
                },
            },
        },
        BodyExample = new JsonObject { ["to"] = "n2" },
        Example = new TransferAnswer("n1", "n2", Term: 4),
        Answer = "The node that `to` names was elected and replaces the old leader.",
        Problems = new Dictionary<int, string>
        {
            [400] = "The body is invalid, or `to` is not a member. Nothing was changed.",
            [409] = "The transfer is not possible now: the node leads already or is unreachable, or another transfer is in "
                + "progress. Nothing was changed.",
            [413] = $"The body has more than {ApiLimits.MaxJsonBytes} bytes. Nothing was changed.",
            [415] = ApiDocument.NotJson,
            [503] = "No leader is known, or this node is unavailable. Nothing was changed. Try again after `Retry-After` "
                + "seconds.",
            [504] = "`Not transferred`: the node did not take over within an election timeout; `detail` names the leader. "
                + "`Outcome unknown`: no response arrived; use `getStatus` to find out which node leads.",
        },
        ProblemExamples = new Dictionary<int, ProblemExample>
        {
            [400] = new("No such member", "n9 is no member; members are n1, n2, n3."),
            [503] = new("No leader", "No leader is known; nothing was changed."),
            [504] = new("Not transferred", "n2 did not take over within 1 s; n1 still leads."),
        },
    };
}
