using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// Protects against web pages of other sites. A browser sends what a page tells it to, and reaches every node that its user can
/// reach. Therefore the API rejects requests for unknown host names, because a page can let its own name resolve to a node and
/// then read the response (DNS rebinding), and rejects requests from pages of other sites that change something.
/// </summary>
/// <param name="hosts">The allowed host names, besides <c>localhost</c> and IP addresses.</param>
/// <param name="howToList">How to allow a name, as a clause: <c>list the name in …</c>.</param>
internal sealed class OriginGuard(IReadOnlyList<string> hosts, string howToList)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly StringSegment[] _hosts = [.. hosts.Select(host => new StringSegment(host))];

    /// <summary>Passes a request on to <paramref name="next"/>, or rejects it with a problem.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // When the response starts, because an exception handler removes the headers that were set before.
        context.Response.OnStarting(ForbidGuessing, context.Response);
        return Refusal(context) is { } problem ? KnownProblems.WriteAsync(context, problem) : next(context);
    }

    private static Task ForbidGuessing(object response)
    {
        ((HttpResponse)response).Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return Task.CompletedTask;
    }

    private ProblemDetails? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (!IsKnown(request.Host.Host)) return UnknownHost(request.Host.Host);
        if (IsRead(request.Method)) return null;
        return IsOfOwnPage(request) ? RefusalOfType(context) : OtherSite();
    }

    private static bool IsRead(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Every browser sends a host. A client that sends none, as HTTP/1.0 allows, is not a browser.</summary>
    private bool IsKnown(string host) => host.Length == 0 || IPAddress.TryParse(host, out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IsListed(host);

    /// <summary>
    /// Browsers tell the origin in <c>Sec-Fetch-Site</c> on secure connections and in <c>Origin</c> otherwise. Other programs
    /// send neither.
    /// </summary>
    private bool IsOfOwnPage(HttpRequest request) => request.Headers.TryGetValue(FetchSite, out var site)
        ? site == "same-origin" || site == "none"
        : !request.Headers.TryGetValue(HeaderNames.Origin, out var origin) || IsOwn($"{origin}", request.Host);

    private bool IsOwn(string origin, HostString asked) => Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Authority.Equals(asked.Value, StringComparison.OrdinalIgnoreCase) || IsListed(page.Host));

    private bool IsListed(string host) => HostString.MatchesAny(host, _hosts);

    /// <summary>
    /// A form on a page can send a POST without a preflight request, but not with JSON, and no PUT or DELETE. Requests without a
    /// route are rejected elsewhere.
    /// </summary>
    private static ProblemDetails? RefusalOfType(HttpContext context) =>
        !HttpMethods.IsPost(context.Request.Method)
        || context.GetEndpoint() is not RouteEndpoint
        || RequestBody.IsJson(context.Request)
            ? null
            : KnownProblems.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "Wrong content type",
                "A POST must be JSON, even without a body. Send the header Content-Type: application/json.");

    private ProblemDetails UnknownHost(string host) => KnownProblems.Problem(
        StatusCodes.Status421MisdirectedRequest,
        "Unknown host",
        $"The host name {host} is not allowed. Use an IP address or localhost, or {howToList}.");

    private ProblemDetails OtherSite() => KnownProblems.Problem(
        StatusCodes.Status403Forbidden,
        "Cross-site request",
        "A page of another site sent this request. Nothing was done. If a proxy serves this API under another name, "
        + $"{howToList}.");
}

/// <summary>Adds an <see cref="OriginGuard"/> to endpoints.</summary>
internal static class OriginGuardExtensions
{
    public static TBuilder WithOriginGuard<TBuilder>(this TBuilder endpoints, OriginGuard guard)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } route) endpoint.RequestDelegate = context => guard.InvokeAsync(context, route);
        });
        return endpoints;
    }
}
