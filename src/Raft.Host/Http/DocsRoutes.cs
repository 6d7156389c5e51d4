using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary><c>/openapi.json</c>, and <c>/docs</c>, which shows it: Swagger UI, whose files are part of the program.</summary>
internal static class DocsRoutes
{
    /// <summary>
    /// The page loads its own files and asks its own API; nothing leaves the machine. Swagger UI draws its icons from
    /// <c>data:</c> URLs and sets styles on its elements.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Puts the page before the routes.</summary>
    public static void UseDocs(this IApplicationBuilder app, ApiOptions options)
    {
        if (options.DocsPath is not { } path) return;
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase), docs =>
        {
            docs.Use((context, next) =>
            {
                context.Response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
                return next(context);
            });
            docs.UseSwaggerUI(page =>
            {
                page.RoutePrefix = path[1..];
                page.DocumentTitle = options.Title;
                page.SwaggerEndpoint(FromPage(path, options.DocumentPath), options.Title);
                page.EnableDeepLinking();
                page.DisplayRequestDuration();
            });
        });
    }

    /// <summary>Puts the document beside the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, ApiOptions options) => routes.MapOpenApi(options.DocumentPath);

    /// <summary>A path as the page names it, which is a file in its folder: so it holds behind any proxy.</summary>
    private static string FromPage(string page, string path) =>
        string.Concat(Enumerable.Repeat("../", page.Count(c => c == '/'))) + path[1..];
}
