using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>Serves <c>/openapi.json</c> and <c>/docs</c>, which shows it with the bundled Swagger UI.</summary>
internal static class DocsRoutes
{
    /// <summary>
    /// The page loads only its own files and calls only its own API; nothing leaves the machine. Swagger UI draws icons from
    /// <c>data:</c> URLs and sets styles on its elements.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds Swagger UI in front of the routes.</summary>
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

    /// <summary>Adds the route of the document.</summary>
    public static void Map(IEndpointRouteBuilder routes, ApiOptions options) => routes.MapOpenApi(options.DocumentPath);

    /// <summary>Returns a path relative to the folder of the page, so that it is valid behind any proxy.</summary>
    private static string FromPage(string page, string path) =>
        string.Concat(Enumerable.Repeat("../", page.Count(c => c == '/'))) + path[1..];
}
