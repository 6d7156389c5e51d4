using Microsoft.Net.Http.Headers;

namespace Raft.Host.Http;

/// <summary>
/// Answers HEAD like GET, without the body (RFC 9110 §9.3.2). Routes are mapped for GET only, and Kestrel omits the body of a
/// response to HEAD.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Presents a HEAD request as GET to routing and the middleware before it.</summary>
    public static void UseGetForHead(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Features.Set(new AskedWithHead());
            context.Request.Method = HttpMethods.Get;
        }

        await next(context).ConfigureAwait(false);
        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed) AllowHead(context.Response.Headers);
    });

    /// <summary>Restores HEAD for the routes: an endless response must not continue behind a HEAD request.</summary>
    public static void UseHeadAgain(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<AskedWithHead>() is not null) context.Request.Method = HttpMethods.Head;
        return next(context);
    });

    private static void AllowHead(IHeaderDictionary headers)
    {
        var allowed = headers.GetCommaSeparatedValues(HeaderNames.Allow);
        if (allowed.Contains(HttpMethods.Get)) headers.Allow = string.Join(", ", allowed.Append(HttpMethods.Head));
    }

    private sealed class AskedWithHead;
}
