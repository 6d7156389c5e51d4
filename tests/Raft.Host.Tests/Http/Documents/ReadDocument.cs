using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>An operation in the document.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its parameters in braces.</param>
/// <param name="Said">The operation in the document.</param>
internal sealed record ReadOperation(HttpMethod Method, string Path, OpenApiOperation Said)
{
    /// <summary>The operation id.</summary>
    public string Id => Said.OperationId ?? $"{this}";

    /// <summary>The name in messages, such as <c>get /api/kv/{key}</c>.</summary>
    public override string ToString() => $"{Method.Method.ToLowerInvariant()} {Path}";
}

/// <summary><c>/openapi.json</c>, as a program reads it.</summary>
internal static class ReadDocument
{
    /// <summary>Fetches and parses the document, and asserts that it meets all rules of the OpenAPI library.</summary>
    public static async Task<OpenApiDocument> FetchAsync(HttpClient http, string url)
    {
        await using var json = await http.GetStreamAsync(url);
        using var copy = new MemoryStream();
        await json.CopyToAsync(copy);
        copy.Position = 0;
        var settings = new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() };
        var read = await OpenApiDocument.LoadAsync(copy, "json", settings);
        Assert.Empty(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(e => $"{e.Pointer}: {e.Message}"));
        return read.Document!;
    }

    /// <summary>All operations.</summary>
    public static IEnumerable<ReadOperation> Operations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        select new ReadOperation(operation.Key, path.Key, operation.Value);
}
