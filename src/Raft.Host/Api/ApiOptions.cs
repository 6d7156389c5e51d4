using Microsoft.OpenApi;

namespace Raft.Host.Api;

/// <summary>
/// The path and the description of the HTTP API. <c>ApiEnvironment</c> reads them from the <c>RAFT_API_*</c> variables.
/// </summary>
internal sealed record ApiOptions
{
    /// <summary>The default prefix.</summary>
    public const string DefaultPrefix = "/api";

    /// <summary>The title of the document and of the page that shows it.</summary>
    public string Title { get; init; } = "Raft.Akka";

    /// <summary>The description of the API in the document, in Markdown.</summary>
    public string Description { get; init; } =
        "A replicated key-value store and the Raft nodes behind it. Every node and every gateway accepts every request, "
        + "whichever node leads. Errors are application/problem+json. 503 and 429 have Retry-After and mean that nothing was "
        + "done. HEAD is answered like GET, without the body. Requests from pages of other sites are rejected with 403 if they "
        + "change something. A host name other than localhost or the names in RAFT_HTTP_HOSTS is rejected with 421.";

    /// <summary>The version in the document.</summary>
    public string Version { get; init; } = typeof(ApiOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The contact for questions about the API; null for none.</summary>
    public OpenApiContact? Contact { get; init; }

    /// <summary>The path prefix of the API routes. Health checks and pages are outside of it.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>The path of the document.</summary>
    public string DocumentPath { get; init; } = "/openapi.json";

    /// <summary>The path of the page that shows the document; null for none.</summary>
    public string? DocsPath { get; init; } = "/docs";

    /// <summary>
    /// The path under which a reverse proxy serves the API; empty for none. The server accepts requests with and without it,
    /// because some proxies remove it. Links include it.
    /// </summary>
    public string BasePath { get; init; } = "";

    /// <summary>
    /// The host names to accept besides <c>localhost</c> and IP addresses. <c>*.example.com</c> stands for all subdomains.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
