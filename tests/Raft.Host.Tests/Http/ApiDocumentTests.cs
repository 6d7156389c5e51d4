using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Raft.Host.Tests.Http.Documents;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>The parts of <c>/openapi.json</c> that every operation must have.</summary>
public sealed class ApiDocumentTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    /// <summary>Pages and files may be excluded from the document; routes under the prefix may not.</summary>
    [Fact]
    public async Task Every_route_is_documented()
    {
        var routes =
            from route in _node.Routes
            where route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true
                || PathOf(route).StartsWith("/api/", StringComparison.Ordinal)
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
            select $"{method.ToLowerInvariant()} {PathOf(route)}";

        var documented = (await OperationsAsync()).Select(o => $"{o}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_and_parameter_is_described()
    {
        var operations = await OperationsAsync();

        Assert.All(operations, o => Assert.True(o.Said is { OperationId.Length: > 0, Summary.Length: > 0 }, $"{o}"));
        Assert.All(
            operations.SelectMany(o => o.Said.Parameters ?? [], (o, p) => (Where: $"{o} {p.Name}", p.Description)),
            p => Assert.True(p.Description?.Length > 10, p.Where));
        Assert.All(
            operations.SelectMany(o => o.Said.Responses!, (o, r) => (Where: $"{o} {r.Key}", r.Value.Description)),
            r => Assert.True(r.Description?.Length > 10, r.Where));
    }

    [Fact]
    public async Task Every_parameter_body_and_answer_has_an_example()
    {
        var missing = new List<string>();
        foreach (var operation in await OperationsAsync())
        {
            missing.AddRange((operation.Said.Parameters ?? [])
                .Where(p => DocumentedCall.ExampleOf(p) is null).Select(p => $"{operation} {p.Name}"));
            missing.AddRange(MediaOf(operation).Where(m => m.Media.Example is null).Select(m => m.Where));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_example_in_JSON_is_as_its_schema_says()
    {
        var wrong =
            from operation in await OperationsAsync()
            from media in MediaOf(operation)
            where media.Type.EndsWith("json", StringComparison.Ordinal)
            from problem in SchemaCheck.Problems(media.Media.Example, media.Media.Schema!)
            select $"{media.Where}: {problem}";

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_problem_is_a_problem_in_JSON_of_its_status()
    {
        foreach (var operation in await OperationsAsync())
        {
            foreach (var (status, response) in operation.Said.Responses!.Where(r => r.Key[0] is '4' or '5'))
            {
                var media = Assert.Single(response.Content!);
                Assert.Equal("application/problem+json", media.Key);
                Assert.Equal(status, media.Value.Example?["status"]?.ToString());
                Assert.False(string.IsNullOrEmpty(media.Value.Example?["detail"]?.ToString()));
            }
        }
    }

    [Fact]
    public async Task Raw_bodies_are_documented_as_binary()
    {
        var operations = (await OperationsAsync()).ToDictionary(o => o.Id, o => o.Said);

        var sent = operations["putKey"].RequestBody!.Content!;
        var received = operations["getKey"].Responses!["200"].Content!;

        Assert.All(
            new[] { sent, received }, content => Assert.Equal("binary", content["application/octet-stream"].Schema?.Format));
    }

    [Fact]
    public async Task A_write_answers_with_whole_numbers()
    {
        var document = await _node.GetJsonAsync("/openapi.json");

        var write = document.GetProperty("components").GetProperty("schemas").GetProperty("WriteAnswer");

        Assert.Equal("integer", write.GetProperty("properties").GetProperty("revision").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"status":"live"}""", 0)]
    [InlineData("""{"status":1}""", 1)]
    [InlineData("""{}""", 1)]
    [InlineData("""{"status":"live","more":1}""", 1)]
    [InlineData("""[]""", 1)]
    public async Task The_check_of_schemas_finds_what_is_wrong(string json, int problems)
    {
        var said = (await OperationsAsync()).Single(o => o.Id == "getLiveness").Said;
        var live = said.Responses!["200"].Content!["application/json"];

        Assert.Equal(problems, SchemaCheck.Problems(JsonNode.Parse(json), live.Schema!).Count());
    }

    private static string PathOf(RouteEndpoint route) =>
        $"/{route.RoutePattern.RawText!.Trim('/').Replace("{**", "{", StringComparison.Ordinal)}";

    private static IEnumerable<(string Where, string Type, OpenApiMediaType Media)> MediaOf(ReadOperation operation) =>
        (operation.Said.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            .Where(c => !IsEmptyObject(c.Value.Schema))
            .Select(c => ($"{operation} body", c.Key, c.Value))
            .Concat(operation.Said.Responses!.SelectMany(
                r => r.Value.Content ?? new Dictionary<string, OpenApiMediaType>(),
                (r, c) => ($"{operation} {r.Key}", c.Key, c.Value)));

    /// <summary>An empty body needs no example.</summary>
    private static bool IsEmptyObject(IOpenApiSchema? schema) =>
        schema is { Type: JsonSchemaType.Object, Properties: null or { Count: 0 } };

    private async Task<ReadOperation[]> OperationsAsync() =>
        [.. ReadDocument.Operations(await ReadDocument.FetchAsync(_node.Http, "/openapi.json"))];
}
