using Microsoft.Net.Http.Headers;

namespace Raft.Host.Http;

/// <summary>The page at <c>/</c>: the files of the folder <c>Page</c>, which are part of the program.</summary>
internal static class PageRoutes
{
    /// <summary>The page loads its own files and asks its own API; nothing leaves the machine.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapFile(routes, "/", "index.html", "text/html; charset=utf-8");
        MapFile(routes, "/page.css", "page.css", "text/css; charset=utf-8");
        MapFile(routes, "/page.js", "page.js", "text/javascript; charset=utf-8");
        MapFile(routes, "/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void MapFile(IEndpointRouteBuilder routes, string path, string file, string type)
    {
        var content = Read(file);
        routes.MapGet(path, (HttpResponse response) =>
        {
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
