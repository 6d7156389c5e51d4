using Microsoft.OpenApi;

namespace Raft.Host.Api;

/// <summary>
/// What a person configures of the HTTP API: where it is, and what its document says of it. <c>ApiEnvironment</c> reads it from
/// <c>RAFT_API_*</c> variables.
/// </summary>
internal sealed record ApiOptions
{
    /// <summary>The prefix where nobody configured one.</summary>
    public const string DefaultPrefix = "/api";

    /// <summary>The title of the document and of its page.</summary>
    public string Title { get; init; } = "Raft.Akka";

    /// <summary>What the document says of the API, in Markdown.</summary>
    public string Description { get; init; } =
        "A replicated key-value store, and the Raft node behind it. Every node, and every gateway, answers every request, "
        + "whichever leads. Errors are application/problem+json; 503 and 429 come with Retry-After, and mean that nothing was done. "
        + "HEAD is answered as GET, without the body. What a page of another site sends is refused with 403 where it would change "
        + "something, and a host that is neither an IP address, localhost nor listed in RAFT_HTTP_HOSTS with 421.";

    /// <summary>The version that the document names.</summary>
    public string Version { get; init; } = typeof(ApiOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Whom to ask about the API; null for nobody.</summary>
    public OpenApiContact? Contact { get; init; }

    /// <summary>Where the API's routes are; health and the pages are beside it.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>Where the document is.</summary>
    public string DocumentPath { get; init; } = "/openapi.json";

    /// <summary>Where the page that shows the document is; null for none.</summary>
    public string? DocsPath { get; init; } = "/docs";

    /// <summary>
    /// Under which path a reverse proxy offers all of this; empty for none. Requests are answered with it and without it, since
    /// some proxies take it away; links carry it.
    /// </summary>
    public string BasePath { get; init; } = "";

    /// <summary>
    /// Host names under which browsers and programs ask, beside <c>localhost</c> and IP addresses; <c>*.example.com</c> is every name
    /// below that one.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
