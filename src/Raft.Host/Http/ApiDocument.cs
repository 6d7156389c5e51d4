using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Raft.Host.Http;

/// <summary>What <c>/openapi.json</c> says of one route beside the type of its answer.</summary>
/// <param name="Id">The operation's name, for generated clients.</param>
/// <param name="Tag">The group that it is shown in.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record RouteDocument(string Id, string Tag, string Summary)
{
    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>What the request may name.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    /// <summary>What the raw body is; null for a request without a body.</summary>
    public string? Body { get; init; }

    /// <summary>What the body in JSON is, which may be left out; null for a request without such a body.</summary>
    public OpenApiSchema? JsonBody { get; init; }

    /// <summary>What a good answer is.</summary>
    public required string Answer { get; init; }

    /// <summary>Headers of a good answer.</summary>
    public IReadOnlyDictionary<string, OpenApiHeader> Headers { get; init; } = new Dictionary<string, OpenApiHeader>();

    /// <summary>When the answer is 304; null for a route that never says so.</summary>
    public string? NotModified { get; init; }

    /// <summary>The problems, by status, and when they come.</summary>
    public IReadOnlyDictionary<int, string> Problems { get; init; } = new Dictionary<int, string>();
}

/// <summary>Makes <c>/openapi.json</c>.</summary>
internal static class ApiDocument
{
    private const string Binary = "application/octet-stream";
    private const string Json = "application/json";

    /// <summary>Names the document and describes binary bodies as such.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Raft.Akka";
            document.Info.Version = typeof(ApiDocument).Assembly.GetName().Version?.ToString(3);
            document.Info.Description =
                "A replicated key-value store, and the Raft node behind it. Every node, and every gateway, answers every "
                + "request, whichever leads. Errors are application/problem+json; 503 and 429 come with Retry-After, and mean that "
                + "nothing was done.";
            return Task.CompletedTask;
        });
    }

    /// <summary>Puts a route into the document.</summary>
    public static void Documented(this RouteHandlerBuilder route, RouteDocument document)
    {
        route.WithName(document.Id).WithTags(document.Tag).WithSummary(document.Summary);
        if (document.Description is { } description) route.WithDescription(description);
        if (document.NotModified is not null) route.Produces(StatusCodes.Status304NotModified);
        foreach (var status in document.Problems.Keys) route.ProducesProblem(status);
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Describe(operation, document);
            return Task.CompletedTask;
        });
    }

    /// <summary>A parameter in the query.</summary>
    public static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    /// <summary>A part of the path.</summary>
    public static OpenApiParameter Path(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Path, Description = description, Schema = Text(), Required = true };

    /// <summary>A header of the request.</summary>
    public static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = Text() };

    /// <summary>Any text.</summary>
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static void Describe(OpenApiOperation operation, RouteDocument document)
    {
        operation.Parameters = [.. document.Parameters];
        if (document.Body is { } body)
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = body,
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [Binary] = new() { Schema = Bytes() } },
            };

        if (document.JsonBody is { } json)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = false,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = json } },
            };

        foreach (var (status, response) in operation.Responses ?? [])
            Describe((OpenApiResponse)response, status, document);
    }

    private static void Describe(OpenApiResponse response, string status, RouteDocument document)
    {
        var code = int.Parse(status, CultureInfo.InvariantCulture);
        response.Description = code switch
        {
            _ when IsGood(code) => document.Answer,
            StatusCodes.Status304NotModified => document.NotModified,
            _ => document.Problems[code],
        };
        if (!IsGood(code)) return;
        response.Headers = document.Headers.ToDictionary(h => h.Key, IOpenApiHeader (h) => h.Value);
        if (response.Content?.TryGetValue(Binary, out var media) == true) media.Schema = Bytes();
    }

    private static bool IsGood(int code) => code is StatusCodes.Status200OK or StatusCodes.Status202Accepted or StatusCodes.Status204NoContent;

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
