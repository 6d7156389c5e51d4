using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>A request built from the document, and the comparison of its response with the document.</summary>
internal static class DocumentedCall
{
    private const string Events = "text/event-stream";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns the example of a parameter; null if the document has none.</summary>
    public static string? ExampleOf(IOpenApiParameter parameter) =>
        (parameter.Example ?? parameter.Schema?.Examples?.FirstOrDefault() ?? parameter.Schema?.Default)?.ToString();

    /// <summary>Builds a request with all required parameters, and one more.</summary>
    /// <param name="operation">The operation to call.</param>
    /// <param name="url">The URL of the node.</param>
    /// <param name="optional">An optional parameter; null for none.</param>
    /// <param name="value">The value of the parameter.</param>
    public static HttpRequestMessage Request(ReadOperation operation, string url, IOpenApiParameter? optional, string? value)
    {
        var path = (operation.Said.Parameters ?? []).Where(p => p.In == ParameterLocation.Path).Aggregate(
            operation.Path,
            (text, p) => text.Replace($"{{{p.Name}}}", Uri.EscapeDataString(ExampleOf(p)!), StringComparison.Ordinal));
        var query = optional?.In == ParameterLocation.Query ? $"?{optional.Name}={Uri.EscapeDataString(value!)}" : "";
        var request = new HttpRequestMessage(operation.Method, $"{url}{path}{query}");
        if (optional?.In == ParameterLocation.Header) request.Headers.TryAddWithoutValidation(optional.Name!, value);
        if (operation.Said.RequestBody?.Content?.SingleOrDefault() is not { Value: { } media } body) return request;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(
            body.Key == "application/json" ? media.Example?.ToJsonString() ?? "{}" : media.Example!.ToString()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(body.Key);
        return request;
    }

    /// <summary>Sends a request, and returns the differences of the response from the document.</summary>
    /// <param name="http">The HTTP client.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="request">The request.</param>
    /// <param name="isExpected">Returns whether a status is expected.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(
        HttpClient http, ReadOperation operation, HttpRequestMessage request, Func<int, bool> isExpected)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        var what = $"{operation} ({request.RequestUri}, {string.Join(' ', request.Headers.Select(h => h.Key))})";
        var status = (int)answer.StatusCode;
        if (!isExpected(status)) return [$"{what} answered {status}: {await answer.Content.ReadAsStringAsync(timeout.Token)}"];
        var key = status.ToString(CultureInfo.InvariantCulture);
        if (!operation.Said.Responses!.TryGetValue(key, out var said)) return [$"{what} answered {status}, not documented"];
        var problems = new List<string>();
        problems.AddRange((said.Headers ?? new Dictionary<string, IOpenApiHeader>()).Keys
            .Where(name => !answer.Headers.Contains(name)).Select(name => $"has no header {name}"));
        problems.AddRange(await BodyProblemsAsync(answer, said, timeout.Token));
        return [.. problems.Select(p => $"{what} answered {status}: {p}")];
    }

    private static async Task<IEnumerable<string>> BodyProblemsAsync(
        HttpResponseMessage answer, IOpenApiResponse said, CancellationToken timeout)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (type is null) return said.Content is { Count: > 0 } ? ["has no body"] : [];
        var media = said.Content?.TryGetValue(type, out var documented) == true ? documented : null;
        if (media is null) return [$"its body is {type}, which is not documented"];
        if (type == Events) return await EventProblemsAsync(answer, timeout);
        if (!type.EndsWith("json", StringComparison.Ordinal)) return [];
        return SchemaCheck.Problems(JsonNode.Parse(await answer.Content.ReadAsStringAsync(timeout)), media.Schema!);
    }

    /// <summary>An event stream does not end: only its first event is checked, which must have a name and JSON data.</summary>
    private static async Task<IEnumerable<string>> EventProblemsAsync(HttpResponseMessage answer, CancellationToken timeout)
    {
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(timeout));
        var lines = new List<string>();
        while (!lines.Any(line => line.StartsWith("data:", StringComparison.Ordinal)))
            lines.Add(await stream.ReadLineAsync(timeout) ?? throw new EndOfStreamException("The event stream ended."));
        JsonNode.Parse(lines[^1]["data:".Length..]);
        return lines.Any(line => line.StartsWith("event:", StringComparison.Ordinal)) ? [] : ["the first event has no name"];
    }
}
