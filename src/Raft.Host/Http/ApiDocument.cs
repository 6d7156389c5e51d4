using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Raft.Host.Api;

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

    /// <summary>
    /// What the body in JSON is; null for a request without such a body. The server takes an empty one too, but not without its type,
    /// which a client sends with a body.
    /// </summary>
    public OpenApiSchema? JsonBody { get; init; }

    /// <summary>A body that the route takes; null for a request without a body, or for an empty one.</summary>
    public JsonNode? BodyExample { get; init; }

    /// <summary>What a good answer is.</summary>
    public required string Answer { get; init; }

    /// <summary>A good answer: an object that becomes JSON, or the text of another body; null where there is no body.</summary>
    public object? Example { get; init; }

    /// <summary>Headers of a good answer.</summary>
    public IReadOnlyDictionary<string, OpenApiHeader> Headers { get; init; } = new Dictionary<string, OpenApiHeader>();

    /// <summary>When the answer is 304; null for a route that never says so.</summary>
    public string? NotModified { get; init; }

    /// <summary>The problems, by status, and when they come.</summary>
    public IReadOnlyDictionary<int, string> Problems { get; init; } = new Dictionary<int, string>();

    /// <summary>Problems as they come, by status; where there is none, <see cref="ProblemExample.Usual"/> has it.</summary>
    public IReadOnlyDictionary<int, ProblemExample> ProblemExamples { get; init; } = new Dictionary<int, ProblemExample>();
}

/// <summary>Makes <c>/openapi.json</c>.</summary>
internal static class ApiDocument
{
    private const string Binary = "application/octet-stream";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>Says what the document is about and where its paths are.</summary>
    public static void Configure(OpenApiOptions document, ApiOptions options)
    {
        document.AddDocumentTransformer((made, _, _) =>
        {
            made.Info.Title = options.Title;
            made.Info.Version = options.Version;
            made.Info.Description = options.Description;
            made.Info.Contact = options.Contact;

            // Without a host: it holds behind any proxy, whatever name that has.
            made.Servers = [new OpenApiServer { Url = options.BasePath.Length == 0 ? "/" : options.BasePath }];
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type != typeof(ProblemDetails)) return Task.CompletedTask;
            schema.Description = "A problem (RFC 9457): `detail` says what is wrong and what to do. Further members say more.";
            schema.AdditionalProperties = new OpenApiSchema();
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
    public static OpenApiParameter Query(string name, string description, OpenApiSchema schema, JsonNode? example = null) =>
        Optional(ParameterLocation.Query, name, description, schema, example);

    /// <summary>A part of the path.</summary>
    public static OpenApiParameter Path(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = Text(),
        Example = example,
    };

    /// <summary>A header of the request.</summary>
    public static OpenApiParameter Header(string name, string description, JsonNode? example = null) =>
        Optional(ParameterLocation.Header, name, description, Text(), example);

    /// <summary>A body of a POST that has nothing to say: <c>{}</c>.</summary>
    public static OpenApiSchema EmptyObject() => new() { Type = JsonSchemaType.Object };

    /// <summary>When a POST is refused for its type.</summary>
    public const string NotJson = "The request is not marked as `application/json`; nothing was changed.";

    /// <summary>Any text.</summary>
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    /// <summary>The example is the schema's: Swagger UI fills in the parameter's own, even where it need not be given.</summary>
    private static OpenApiParameter Optional(
        ParameterLocation where, string name, string description, OpenApiSchema schema, JsonNode? example)
    {
        if (example is not null) schema.Examples = [example];
        return new OpenApiParameter { Name = name, In = where, Description = description, Schema = schema };
    }

    private static void Describe(OpenApiOperation operation, RouteDocument document)
    {
        operation.Parameters = [.. document.Parameters];
        if (document.Body is { } body)
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = body,
                Required = true,
                Content = Of(Binary, Bytes(), document.BodyExample),
            };

        if (document.JsonBody is { } json)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = Of(Json, json, document.BodyExample),
            };

        foreach (var (status, response) in operation.Responses ?? [])
            Describe((OpenApiResponse)response, status, document);
    }

    private static Dictionary<string, OpenApiMediaType> Of(string type, OpenApiSchema schema, JsonNode? example) =>
        new() { [type] = new() { Schema = schema, Example = example } };

    private static void Describe(OpenApiResponse response, string status, RouteDocument document)
    {
        var code = int.Parse(status, CultureInfo.InvariantCulture);
        response.Description = code switch
        {
            _ when IsGood(code) => document.Answer,
            StatusCodes.Status304NotModified => document.NotModified,
            _ => document.Problems[code],
        };
        if (!IsGood(code))
        {
            if (response.Content?.TryGetValue(Problem, out var body) == true) body.Example = ExampleOf(document, code);
            return;
        }

        response.Headers = document.Headers.ToDictionary(h => h.Key, IOpenApiHeader (h) => h.Value);
        foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            media.Example = JsonSerializer.SerializeToNode(document.Example, JsonSerializerOptions.Web);
            if (type == Binary) media.Schema = Bytes();
        }
    }

    private static JsonNode? ExampleOf(RouteDocument document, int status) =>
        document.ProblemExamples.GetValueOrDefault(status) is { } own ? ExampleOf(own, status)
        : ProblemExample.Usual.TryGetValue(status, out var usual) ? ExampleOf(usual, status)
        : null;

    private static JsonNode? ExampleOf(ProblemExample problem, int status) => JsonSerializer.SerializeToNode(
        new ProblemDetails { Status = status, Title = problem.Title, Detail = problem.Detail }, JsonSerializerOptions.Web);

    private static bool IsGood(int code) => code is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices;

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
