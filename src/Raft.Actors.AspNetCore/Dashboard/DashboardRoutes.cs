using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Raft.Actors.AspNetCore.Dashboard;

/// <summary>
/// Serves the dashboard: <c>/</c>, and its files below <c>/page</c>. The files are in this folder and are embedded in the
/// assembly.
/// </summary>
internal static class DashboardRoutes
{
    private const string Folder = "Dashboard/";
    private const string Start = "index.html";

    /// <summary>The dashboard loads only its own files and calls only its own API; nothing leaves the machine.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <param name="routes">The route builder.</param>
    /// <param name="page">The paths that the page needs.</param>
    public static void Map(IEndpointRouteBuilder routes, DashboardPage page)
    {
        foreach (var resource in typeof(DashboardRoutes).Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            var file = resource[Folder.Length..];
            var content = Read(resource);
            if (file == Start) MapStart(routes, Encoding.UTF8.GetString(content), page);
            else MapFile(routes, $"/page/{file}", content);
        }
    }

    private static void MapStart(IEndpointRouteBuilder routes, string template, DashboardPage page) =>
        routes.MapGet("/", IResult (HttpContext context) =>
        {
            // The links of the page are relative to its path only if the URL ends with a slash.
            var path = context.Request.PathBase + context.Request.Path;
            if (!path.Value!.EndsWith('/')) return TypedResults.LocalRedirect($"{path}/");
            return File(context.Response, page.Render(template, OperationsAt(context, page.Api)), Types[".html"]);
        }).ExcludeFromDescription();

    private static void MapFile(IEndpointRouteBuilder routes, string path, byte[] content) =>
        routes.MapGet(path, (HttpResponse response) => File(response, content, Types[Path.GetExtension(path)]))
            .ExcludeFromDescription();

    private static FileContentHttpResult File(HttpResponse response, byte[] content, string type)
    {
        response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
        response.Headers[HeaderNames.CacheControl] = "no-cache";
        return TypedResults.Bytes(content, type);
    }

    /// <summary>Returns the operations of the API that belongs to the page, such as <c>GET status</c>.</summary>
    private static IEnumerable<string> OperationsAt(HttpContext context, string api)
    {
        var page = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!.Trim('/');
        var prefix = $"{page}{api}/".TrimStart('/');
        var operations =
            from endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = endpoint.RoutePattern.RawText!.TrimStart('/')
            where path.StartsWith(prefix, StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            select $"{method} {path[prefix.Length..]}";
        return operations.Order(StringComparer.Ordinal);
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
