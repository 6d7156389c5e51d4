using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>The documentation of one route in an OpenAPI document, besides the type of its response.</summary>
/// <param name="Id">The operation id, for generated clients.</param>
/// <param name="Tag">The group under which the route is listed.</param>
/// <param name="Summary">A short description.</param>
internal sealed record RouteDocument(string Id, string Tag, string Summary)
{
    /// <summary>A longer description.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters and headers that the request accepts.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    /// <summary>The description of a raw request body; null if the request has none.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// The schema of a JSON request body; null if the request has none. The server also accepts an empty body, but only with the
    /// JSON content type, which clients send only together with a body.
    /// </summary>
    public OpenApiSchema? JsonBody { get; init; }

    /// <summary>An example of the request body; null if the request has no body or an empty one.</summary>
    public JsonNode? BodyExample { get; init; }

    /// <summary>The description of a successful response.</summary>
    public required string Answer { get; init; }

    /// <summary>
    /// An example of a successful response: an object that is written as JSON, or text; null if there is no body.
    /// </summary>
    public object? Example { get; init; }

    /// <summary>The headers of a successful response.</summary>
    public IReadOnlyDictionary<string, OpenApiHeader> Headers { get; init; } = new Dictionary<string, OpenApiHeader>();

    /// <summary>When the response is 304; null if the route never returns it.</summary>
    public string? NotModified { get; init; }

    /// <summary>The problems by status code, with the reason for each.</summary>
    public IReadOnlyDictionary<int, string> Problems { get; init; } = new Dictionary<int, string>();

    /// <summary>
    /// Example problems by status code. <see cref="ProblemExample.Usual"/> supplies those that are missing here.
    /// </summary>
    public IReadOnlyDictionary<int, ProblemExample> ProblemExamples { get; init; } = new Dictionary<int, ProblemExample>();
}
