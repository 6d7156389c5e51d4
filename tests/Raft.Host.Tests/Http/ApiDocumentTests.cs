using System.Text.Json;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class ApiDocumentTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task The_document_lists_every_route()
    {
        var operations = await OperationsAsync();

        string[] routes =
        [
            "delete /api/kv/{key}", "get /api/cluster", "get /api/events", "get /api/kv", "get /api/kv/{key}", "get /api/log",
            "get /api/status", "get /health/live", "get /health/ready", "post /api/leadership/transfer", "put /api/kv/{key}",
        ];
        Assert.Equal(routes, operations.Select(o => o.Route).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_a_described_answer_for_each_status()
    {
        foreach (var (route, operation) in await OperationsAsync())
        {
            Assert.True(operation.GetProperty("summary").GetString()?.Length > 0, route);
            Assert.True(operation.GetProperty("operationId").GetString()?.Length > 0, route);
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                Assert.True(response.Value.GetProperty("description").GetString()?.Length > 10, $"{route} {response.Name}");
                if (response.Name is not ("200" or "202" or "304"))
                    Assert.True(
                        response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), route);
            }
        }
    }

    [Fact]
    public async Task Every_parameter_is_described()
    {
        var parameters = (await OperationsAsync())
            .Where(o => o.Operation.TryGetProperty("parameters", out _))
            .SelectMany(o => o.Operation.GetProperty("parameters").EnumerateArray())
            .ToArray();

        Assert.All(parameters, p => Assert.NotEqual("", p.GetProperty("description").GetString()));
        string[] names =
        [
            "Idempotency-Key", "If-Match", "If-None-Match", "consistency", "cursor", "from", "key", "limit", "node", "prefix",
        ];
        Assert.Equal(
            names, parameters.Select(p => p.GetProperty("name").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Raw_bodies_are_documented_as_binary()
    {
        var operations = (await OperationsAsync()).ToDictionary(o => o.Route, o => o.Operation);

        var sent = operations["put /api/kv/{key}"].GetProperty("requestBody");
        var received = operations["get /api/kv/{key}"].GetProperty("responses").GetProperty("200");

        foreach (var body in new[] { sent, received })
        {
            var schema = body.GetProperty("content").GetProperty("application/octet-stream").GetProperty("schema");
            Assert.Equal("binary", schema.GetProperty("format").GetString());
        }
    }

    [Fact]
    public async Task A_write_answers_with_whole_numbers()
    {
        var document = await _node.GetJsonAsync("/openapi.json");

        var write = document.GetProperty("components").GetProperty("schemas").GetProperty("WriteAnswer");

        Assert.Equal("integer", write.GetProperty("properties").GetProperty("revision").GetProperty("type").GetString());
    }

    private async Task<(string Route, JsonElement Operation)[]> OperationsAsync()
    {
        var document = await _node.GetJsonAsync("/openapi.json");
        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(
                path => path.Value.EnumerateObject().Select(o => ($"{o.Name} {path.Name}", o.Value))),
        ];
    }
}
