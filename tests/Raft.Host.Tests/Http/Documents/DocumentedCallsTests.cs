using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.OpenApi;
using Xunit;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>Every route of a live cluster is called by what the document says of it, and answers so.</summary>
public sealed class DocumentedCallsTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    private readonly ThreeNodes _nodes = nodes;

    private string Key => $"{_nodes.Urls[0]}/api/kv/colour";

    [Fact]
    public async Task Every_operation_does_by_its_example_what_it_says()
    {
        var document = await ReadDocument.FetchAsync(_nodes.Http, $"{_nodes.Urls[0]}/openapi.json");
        var problems = new List<string>();
        foreach (var operation in ReadDocument.Operations(document))
        {
            problems.AddRange(await CallAsync(operation, optional: null));
            foreach (var parameter in (operation.Said.Parameters ?? []).Where(p => !p.Required))
                problems.AddRange(await CallAsync(operation, parameter));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private async Task<IReadOnlyList<string>> CallAsync(ReadOperation operation, IOpenApiParameter? optional)
    {
        await ArrangeAsync(operation.Id, optional?.Name);
        var value = optional is null ? null : await ValueOfAsync(optional);
        using var request = DocumentedCall.Request(operation, _nodes.Urls[0], optional, value);
        return await DocumentedCall.ProblemsAsync(_nodes.Http, operation, request, status => status is < 300 or 304);
    }

    /// <summary>What must be so before a call of the example can succeed. Other operations need nothing.</summary>
    private async Task ArrangeAsync(string operation, string? parameter)
    {
        using var write = await _nodes.Http.PutAsync(Key, new StringContent("red"));
        write.EnsureSuccessStatusCode();
        if (operation == "putKey" && parameter == "If-None-Match") (await _nodes.Http.DeleteAsync(Key)).Dispose();
        if (operation == "transferLeadership") await MakeLeadAsync("n1");
    }

    /// <summary>An example is of some state; what depends on the state of this cluster is taken from it.</summary>
    private async Task<string> ValueOfAsync(IOpenApiParameter parameter)
    {
        if (parameter.Name == "Idempotency-Key") return Guid.NewGuid().ToString();
        if (parameter.Name != "If-Match") return DocumentedCall.ExampleOf(parameter)!;
        using var read = await _nodes.Http.GetAsync(Key);
        return read.Headers.ETag!.Tag;
    }

    private async Task MakeLeadAsync(string node)
    {
        while (await _nodes.LeaderAsync() != node)
            (await _nodes.Http.PostAsJsonAsync($"{_nodes.Urls[0]}/api/leadership/transfer", new { to = node })).Dispose();
        while (await LeaderKnownToAsync(_nodes.Urls[1]) != node)
        {
            // It follows as soon as it hears of it.
        }
    }

    private async Task<string?> LeaderKnownToAsync(string url) =>
        (await _nodes.Http.GetFromJsonAsync<JsonElement>($"{url}/api/status")).GetProperty("leaderId").GetString();
}
