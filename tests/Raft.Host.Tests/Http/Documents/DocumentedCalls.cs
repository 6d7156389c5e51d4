using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>Calls all documented operations, each alone and with each of its parameters.</summary>
/// <param name="http">The HTTP client.</param>
/// <param name="urls">The URLs of the nodes n1, n2 and n3.</param>
internal sealed class DocumentedCalls(HttpClient http, IReadOnlyList<string> urls)
{
    private string Api => $"{urls[0]}/api";

    private string Key => $"{Api}/kv/colour";

    /// <summary>The differences from the document.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        var document = await ReadDocument.FetchAsync(http, $"{urls[0]}/openapi.json");
        var isDev = document.Paths.ContainsKey("/api/dev/faults");
        var problems = new List<string>();
        foreach (var operation in ReadDocument.Operations(document))
        {
            IOpenApiParameter?[] calls = [null, .. (operation.Said.Parameters ?? []).Where(p => !p.Required)];
            foreach (var optional in calls)
            {
                if (isDev) (await http.DeleteAsync($"{Api}/dev/faults")).Dispose();
                problems.AddRange(await CallAsync(operation, optional));
            }
        }

        return problems;
    }

    private async Task<IReadOnlyList<string>> CallAsync(ReadOperation operation, IOpenApiParameter? optional)
    {
        await ArrangeAsync(operation.Id, optional?.Name);
        var value = optional is null ? null : await ValueOfAsync(optional);
        using var request = DocumentedCall.Request(operation, urls[0], optional, value);
        return await DocumentedCall.ProblemsAsync(http, operation, request, status => status is < 300 or 304);
    }

    /// <summary>Prepares the state in which a call of the example can succeed.</summary>
    private async Task ArrangeAsync(string operation, string? parameter)
    {
        using var write = await http.PutAsync(Key, new StringContent("red"));
        write.EnsureSuccessStatusCode();
        if (operation == "putKey" && parameter == "If-None-Match") (await http.DeleteAsync(Key)).Dispose();
        if (operation == "transferLeadership") await MakeLeadAsync("n1");
        if (operation == "restartNode")
            (await http.PostAsJsonAsync($"{Api}/dev/nodes/n2/crash", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>Replaces the parts of an example that depend on the state of this cluster.</summary>
    private async Task<string> ValueOfAsync(IOpenApiParameter parameter)
    {
        if (parameter.Name == "Idempotency-Key") return Guid.NewGuid().ToString();
        if (parameter.Name != "If-Match") return DocumentedCall.ExampleOf(parameter)!;
        using var read = await http.GetAsync(Key);
        return read.Headers.ETag!.Tag;
    }

    private async Task MakeLeadAsync(string node)
    {
        foreach (var url in urls)
        {
            while (await LeaderKnownToAsync(url) != node)
                (await http.PostAsJsonAsync($"{Api}/leadership/transfer", new { to = node })).Dispose();
        }
    }

    private async Task<string?> LeaderKnownToAsync(string url) =>
        (await http.GetFromJsonAsync<JsonElement>($"{url}/api/status")).GetProperty("leaderId").GetString();
}
