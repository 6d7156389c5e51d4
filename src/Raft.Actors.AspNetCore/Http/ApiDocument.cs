using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Adds routes to an OpenAPI document.</summary>
internal static class ApiDocument
{
    private const string Binary = "application/octet-stream";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>Adds the documentation of a route to the document.</summary>
    public static TBuilder Documented<TBuilder>(this TBuilder route, RouteDocument document)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithTags(document.Tag).WithSummary(document.Summary);
        if (document.Description is { } description) route.WithDescription(description);
        if (document.NotModified is not null) route.Answers(StatusCodes.Status304NotModified, typeof(void));
        foreach (var status in document.Problems.Keys) route.Answers(status, typeof(ProblemDetails), Problem);
        return route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.OperationId = document.Id;
            Describe(operation, document);
            return Task.CompletedTask;
        });
    }

    /// <summary>Declares a response, as <c>Produces</c> does for route handlers.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder route, int status, Type type, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ProducesResponseTypeMetadata(status, type, contentTypes));

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
