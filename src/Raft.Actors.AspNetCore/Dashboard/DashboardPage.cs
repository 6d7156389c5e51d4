using System.Text;

namespace Raft.Actors.AspNetCore.Dashboard;

/// <summary>
/// <c>index.html</c> as one server has it: with the paths of that server, all relative to the page, so that it works below
/// any path of a reverse proxy.
/// </summary>
internal sealed record DashboardPage
{
    /// <summary>Where the API is, where nobody said otherwise.</summary>
    public const string StandardApi = "/api";

    /// <summary>Where the API is, beside the page.</summary>
    public string Api { get; init; } = StandardApi;

    /// <summary>The OpenAPI document of the API; null where the page has none beside it.</summary>
    public string? Document { get; init; }

    /// <summary>Further paths beside the page, for the list at its end.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The page.</summary>
    /// <param name="template"><c>index.html</c>, whose comments <c>raft-…</c> are places to fill in.</param>
    /// <param name="operations">What the API can do, such as <c>POST snapshot</c>; the page offers what it finds there.</param>
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
