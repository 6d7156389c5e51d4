using System.Text;
using Microsoft.Net.Http.Headers;
using Raft.Host.Api;

namespace Raft.Host.Dashboard;

/// <summary>
/// Serves the dashboard: <c>/</c>, and its files below <c>/page</c>. The files are in this folder and are embedded in the
/// program.
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
    /// <param name="options">
    /// The path of the API. <c>index.html</c> has default paths, relative to itself, which are replaced by the configured ones.
    /// The prefix is the content of <c>&lt;meta name="raft-api" content="api"&gt;</c>.
    /// </param>
    public static void Map(IEndpointRouteBuilder routes, ApiOptions options)
    {
        foreach (var resource in typeof(DashboardRoutes).Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            var file = resource[Folder.Length..];
            var type = Types[Path.GetExtension(file)];
            if (file == Start) MapFile(routes, "/", Configured(Read(resource), options), type);
            else MapFile(routes, $"/page/{file}", Read(resource), type);
        }
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
            // The links of the page are relative to the base path only if the URL ends with a slash.
            if (!request.Path.HasValue) return TypedResults.LocalRedirect($"{request.PathBase}/");
            response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
            response.Headers[HeaderNames.CacheControl] = "no-cache";
            return TypedResults.Bytes(content, type);
        }).ExcludeFromDescription();
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
