using System.Text;
using Microsoft.Net.Http.Headers;

namespace Raft.Host.Http;

/// <summary>The page at <c>/</c>: the files of the folder <c>Page</c>, which are part of the program.</summary>
internal static class PageRoutes
{
    /// <summary>The page loads its own files and asks its own API; nothing leaves the machine.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="routes">Where the files go.</param>
    /// <param name="options">
    /// Where the API is. <c>index.html</c> names the usual paths, relative to itself; here it gets the configured ones: the
    /// prefix is the content of <c>&lt;meta name="raft-api" content="api"&gt;</c>.
    /// </param>
    public static void Map(IEndpointRouteBuilder routes, ApiOptions options)
    {
        MapFile(routes, "/", Configured(Read("index.html"), options), "text/html; charset=utf-8");
        MapFile(routes, "/page.css", Read("page.css"), "text/css; charset=utf-8");
        MapFile(routes, "/page.js", Read("page.js"), "text/javascript; charset=utf-8");
        MapFile(routes, "/icon.svg", Read("icon.svg"), "image/svg+xml");
    }

    private static byte[] Configured(byte[] page, ApiOptions options) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(page)
            .Replace("\"raft-api\" content=\"api\"", $"\"raft-api\" content=\"{options.Prefix[1..]}\"", StringComparison.Ordinal)
            .Replace("href=\"api/", $"href=\"{options.Prefix[1..]}/", StringComparison.Ordinal)
            .Replace("href=\"docs\"", $"href=\"{(options.DocsPath ?? options.DocumentPath)[1..]}\"", StringComparison.Ordinal)
            .Replace("href=\"openapi.json\"", $"href=\"{options.DocumentPath[1..]}\"", StringComparison.Ordinal));

    private static void MapFile(IEndpointRouteBuilder routes, string path, byte[] content, string type)
    {
        routes.MapGet(path, IResult (HttpRequest request, HttpResponse response) =>
        {
            // Only with the slash are the page's links relative to the base path.
            if (!request.Path.HasValue) return TypedResults.LocalRedirect($"{request.PathBase}/");
            response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
            response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
            response.Headers[HeaderNames.CacheControl] = "no-cache";
            return TypedResults.Bytes(content, type);
        }).ExcludeFromDescription();
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageRoutes).Assembly.GetManifestResourceStream($"Page/{file}")
            ?? throw new InvalidOperationException($"The program has no resource Page/{file}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
