using System.Net;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>
/// Keeps web pages of other sites out. A browser sends what a page asks it to, and reaches every node that the person in front of it
/// reaches. So a name that nobody listed is answered nothing (a page can let its own name point to a node, and then read what comes
/// back), and a request that changes something must not come from a page of another site.
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

    /// <summary>Every browser names a host; a program that names none, as HTTP/1.0 allows, is no page.</summary>
    private void RequireKnownHost(string host)
    {
        var isKnown = host.Length == 0 || IPAddress.TryParse(host, out _)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IsListed(host);
        if (!isKnown)
            throw new RequestProblemException(
                StatusCodes.Status421MisdirectedRequest,
                "Unknown host",
                $"The name {host} is not known here: ask by an IP address or localhost, or list the name in RAFT_HTTP_HOSTS.");
    }

    /// <summary>
    /// Browsers say it in <c>Sec-Fetch-Site</c> where the connection is secure, and in <c>Origin</c> else. A program sends neither.
    /// </summary>
    private void RequireOwnPage(HttpRequest request)
    {
        var isOwn = request.Headers.TryGetValue(FetchSite, out var site)
            ? site == "same-origin" || site == "none"
            : !request.Headers.TryGetValue(HeaderNames.Origin, out var origin) || IsOwn($"{origin}", request.Host);
        if (!isOwn)
            throw new RequestProblemException(
                StatusCodes.Status403Forbidden,
                "Page of another site",
                "A page of another site sent this, so nothing was done. Where a proxy offers this API under another name, list the name "
                + "in RAFT_HTTP_HOSTS.");
    }

    private bool IsOwn(string origin, HostString asked) => Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Authority.Equals(asked.Value, StringComparison.OrdinalIgnoreCase) || IsListed(page.Host));

    private bool IsListed(string host) => HostString.MatchesAny(host, [.. options.Hosts.Select(listed => new StringSegment(listed))]);

    /// <summary>
    /// A form of a page sends a POST without asking the browser first; one in JSON it can't, nor PUT or DELETE. What has no route is
    /// told so by others.
    /// </summary>
    private static void RequireJson(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint() is not RouteEndpoint) return;
        if (!RequestBody.IsJson(context.Request))
            throw new RequestProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                "Wrong content type",
                "A POST must be JSON, even without a body; send it with the header Content-Type: application/json.");
    }
}
