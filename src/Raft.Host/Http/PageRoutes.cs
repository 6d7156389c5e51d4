using Microsoft.Net.Http.Headers;

namespace Raft.Host.Http;

/// <summary>
/// The page: <c>/</c> and the files that it asks for, below <c>/page</c>. They are those of the folder <c>Page</c>, as parts of
/// the program.
/// </summary>
internal static class PageRoutes
{
    private const string Folder = "Page/";
    private const string Start = "index.html";

    /// <summary>The page loads its own files and asks its own API; nothing leaves the machine.</summary>
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

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var resource in typeof(PageRoutes).Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            var file = resource[Folder.Length..];
            MapFile(routes, file == Start ? "/" : $"/page/{file}", resource);
        }
    }

    private static void MapFile(IEndpointRouteBuilder routes, string path, string resource)
    {
        var content = Read(resource);
        var type = Types[Path.GetExtension(resource)];
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
            response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
            response.Headers[HeaderNames.CacheControl] = "no-cache";
            return TypedResults.Bytes(content, type);
        }).ExcludeFromDescription();
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageRoutes).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
