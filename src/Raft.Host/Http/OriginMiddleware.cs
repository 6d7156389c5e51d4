using System.Net;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>
/// Protects against web pages of other sites. A browser sends what a page tells it to, and reaches every node that its user can
/// reach. Therefore the API rejects requests for unknown host names, because a page can let its own name resolve to a node and
/// then read the response (DNS rebinding), and rejects requests from pages of other sites that change something.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next, ApiOptions options)
{
    private const string FetchSite = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        RequireKnownHost(request.Host.Host);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsOptions(request.Method)) return next(context);
        RequireOwnPage(request);
        RequireJson(context);
        return next(context);
    }

    /// <summary>Every browser sends a host. A client that sends none, as HTTP/1.0 allows, is not a browser.</summary>
    private void RequireKnownHost(string host)
    {
        var isKnown = host.Length == 0 || IPAddress.TryParse(host, out _)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IsListed(host);
        if (!isKnown)
            throw new RequestProblemException(
                StatusCodes.Status421MisdirectedRequest,
                "Unknown host",
                $"The host name {host} is not allowed. Use an IP address or localhost, or list the name in RAFT_HTTP_HOSTS.");
    }

    /// <summary>
    /// Browsers tell the origin in <c>Sec-Fetch-Site</c> on secure connections and in <c>Origin</c> otherwise. Other programs
    /// send neither.
    /// </summary>
    private void RequireOwnPage(HttpRequest request)
    {
        var isOwn = request.Headers.TryGetValue(FetchSite, out var site)
            ? site == "same-origin" || site == "none"
            : !request.Headers.TryGetValue(HeaderNames.Origin, out var origin) || IsOwn($"{origin}", request.Host);
        if (!isOwn)
            throw new RequestProblemException(
                StatusCodes.Status403Forbidden,
                "Cross-site request",
                "A page of another site sent this request. Nothing was done. If a proxy serves this API under another name, "
                + "list the name in RAFT_HTTP_HOSTS.");
    }

    private bool IsOwn(string origin, HostString asked) => Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Authority.Equals(asked.Value, StringComparison.OrdinalIgnoreCase) || IsListed(page.Host));

    private bool IsListed(string host) => HostString.MatchesAny(host, [.. options.Hosts.Select(listed => new StringSegment(listed))]);

    /// <summary>
    /// A form on a page can send a POST without a preflight request, but not with JSON, and no PUT or DELETE. Requests without a
    /// route are rejected elsewhere.
    /// </summary>
    private static void RequireJson(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint() is not RouteEndpoint) return;
        if (!RequestBody.IsJson(context.Request))
            throw new RequestProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                "Wrong content type",
                "A POST must be JSON, even without a body. Send the header Content-Type: application/json.");
    }
}
