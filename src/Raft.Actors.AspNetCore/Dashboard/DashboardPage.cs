using System.Text;

namespace Raft.Actors.AspNetCore.Dashboard;

/// <summary>
/// <c>index.html</c> as one server has it: with the paths of that server, all relative to the page, so that it works below
/// any path of a reverse proxy.
/// </summary>
internal sealed record DashboardPage
{
    /// <summary>The default path of the API.</summary>
    public const string StandardApi = "/api";

    /// <summary>The path of the API, relative to the page.</summary>
    public string Api { get; init; } = StandardApi;

    /// <summary>The path of the OpenAPI document, relative to the page; null if there is none.</summary>
    public string? Document { get; init; }

    /// <summary>Other paths, relative to the page, for the list at the end of the page.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The page.</summary>
    /// <param name="template"><c>index.html</c>, whose comments <c>raft-…</c> are places to fill in.</param>
    /// <param name="operations">The operations of the API, such as <c>POST snapshot</c>, which the page offers.</param>
    public byte[] Render(string template, IEnumerable<string> operations)
    {
        var api = Api.TrimStart('/');
        string[] links = [.. Links.Select(link => link.TrimStart('/')), $"{api}/cluster", $"{api}/status", $"{api}/log"];
        return Encoding.UTF8.GetBytes(template
            .Replace("<!--raft-api-->", api, StringComparison.Ordinal)
            .Replace("<!--raft-operations-->", string.Join(',', operations), StringComparison.Ordinal)
            .Replace(
                "<!--raft-document-->",
                Document is null ? "" : $"<link rel=\"service-desc\" href=\"{Document.TrimStart('/')}\">",
                StringComparison.Ordinal)
            .Replace(
                "<!--raft-links-->",
                string.Join("\n      ", links.Select(to => $"<a href=\"{to}\">{to}</a>")),
                StringComparison.Ordinal));
    }
}
