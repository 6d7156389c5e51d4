using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>The documentation of one route in <c>/openapi.json</c>, besides the type of its response.</summary>
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

/// <summary>Generates <c>/openapi.json</c>.</summary>
internal static class ApiDocument
{
    private const string Binary = "application/octet-stream";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>Describes the API as a whole and its base path.</summary>
    public static void Configure(OpenApiOptions document, ApiOptions options)
    {
        document.AddDocumentTransformer((made, _, _) =>
        {
            made.Info.Title = options.Title;
            made.Info.Version = options.Version;
            made.Info.Description = options.Description;
            made.Info.Contact = options.Contact;

            // No host name, so that the document is valid behind any proxy.
            made.Servers = [new OpenApiServer { Url = options.BasePath.Length == 0 ? "/" : options.BasePath }];
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type != typeof(ProblemDetails)) return Task.CompletedTask;
            schema.Description = "A problem (RFC 9457). `detail` says what is wrong and what to do. There may be further "
                + "members.";
            schema.AdditionalProperties = new OpenApiSchema();
            return Task.CompletedTask;
        });
    }

    /// <summary>Adds the documentation of a route to the document.</summary>
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

    /// <summary>Describes a query parameter.</summary>
    public static OpenApiParameter Query(string name, string description, OpenApiSchema schema, JsonNode? example = null) =>
        Optional(ParameterLocation.Query, name, description, schema, example);

    /// <summary>Describes a path parameter.</summary>
    public static OpenApiParameter Path(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = Text(),
        Example = example,
    };

    /// <summary>Describes a request header.</summary>
    public static OpenApiParameter Header(string name, string description, JsonNode? example = null) =>
        Optional(ParameterLocation.Header, name, description, Text(), example);

    /// <summary>The JSON body of a POST without content: <c>{}</c>.</summary>
    public static OpenApiSchema EmptyObject() => new() { Type = JsonSchemaType.Object };

    /// <summary>When a POST is refused because of its content type.</summary>
    public const string NotJson = "The content type is not `application/json`. Nothing was changed.";

    /// <summary>The schema of any text.</summary>
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    /// <summary>
    /// Puts the example into the schema: Swagger UI pre-fills a parameter's own example even for optional parameters.
    /// </summary>
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
