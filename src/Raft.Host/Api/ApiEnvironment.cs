using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Raft.Programs.Configuration;

namespace Raft.Host.Api;

/// <summary>
/// Reads <c>RAFT_HTTP_HOSTS</c> and the <c>RAFT_API_*</c> variables of <c>raft node</c>, <c>raft gateway</c> and <c>raft dev</c>.
/// </summary>
internal static partial class ApiEnvironment
{
    /// <summary>The prefix of the API: of the one that is served, and of the one that commands talk to.</summary>
    public const string PrefixVariable = "RAFT_API_PREFIX";

    private const string Off = "off";
    private const int MaxText = 10_000;

    /// <summary>Paths that have another use; /page has the files of the page.</summary>
    private static readonly string[] Taken = ["/health", "/metrics", "/page"];

    /// <exception cref="BadVariableException">A value is wrong; the message names the variable.</exception>
    public static ApiOptions Read(Variables variables)
    {
        var standard = new ApiOptions();
        var options = standard with
        {
            Title = variables.Parse("RAFT_API_TITLE", Text) ?? standard.Title,
            Description = variables.Parse("RAFT_API_DESCRIPTION", Text) ?? standard.Description,
            Version = variables.Parse("RAFT_API_VERSION", Text) ?? standard.Version,
            Contact = Contact(variables),
            Prefix = Prefix(variables),
            DocumentPath = variables.Parse("RAFT_API_OPENAPI", Path) ?? standard.DocumentPath,
            DocsPath = variables["RAFT_API_DOCS"] == Off ? null : variables.Parse("RAFT_API_DOCS", Path) ?? standard.DocsPath,
            BasePath = variables.Parse("RAFT_API_BASE_PATH", Path) ?? standard.BasePath,
            Hosts = variables.Parse("RAFT_HTTP_HOSTS", HostNames) ?? standard.Hosts,
        };
        RequireApart(options);
        return options;
    }

    /// <summary>The prefix of the API.</summary>
    /// <exception cref="BadVariableException">It is no path.</exception>
    public static string Prefix(Variables variables) => variables.Parse(PrefixVariable, Path) ?? ApiOptions.DefaultPrefix;

    private static OpenApiContact? Contact(Variables variables)
    {
        var contact = new OpenApiContact
        {
            Name = variables.Parse("RAFT_API_CONTACT_NAME", Text),
            Url = variables.Parse("RAFT_API_CONTACT_URL", WebAddress),
            Email = variables.Parse("RAFT_API_CONTACT_EMAIL", MailAddressOf),
        };
        return contact is { Name: null, Url: null, Email: null } ? null : contact;
    }

    private static string Text(string text) => text.Length <= MaxText && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
        ? text
        : throw new FormatException($"the text must have at most {MaxText} characters, and no control characters.");

    private static Uri WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"'{text}' is no address of a page: write a URL, for example https://example.com/support.");

    private static string MailAddressOf(string text) => MailAddress.TryCreate(text, out var mail) && mail.Address == text
        ? text
        : throw new FormatException($"'{text}' is no mail address: write NAME@HOST, for example support@example.com.");

    /// <summary>Names as requests have them: ASP.NET reads those of other alphabets back from their ASCII form.</summary>
    private static IReadOnlyList<string> HostNames(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => IsHostName(name)
                ? HostString.FromUriComponent(name).Host
                : throw new FormatException(
                    $"'{name}' is no host name: write NAME,NAME,… without ports, for example raft.example.com,*.raft.svc.")),
    ];

    private static bool IsHostName(string text) =>
        Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) is UriHostNameType.Dns;

    private static string Path(string text) => Segments().IsMatch(text) && !text.Split('/').Any(s => s is "." or "..")
        ? text
        : throw new FormatException(
            $"'{text}' is no path: write /NAME or /NAME/NAME, of letters, digits, dots, dashes and underscores, for example /api.");

    /// <summary>No path may hide another one.</summary>
    private static void RequireApart(ApiOptions options)
    {
        (string Variable, string Path)[] own =
        [
            (PrefixVariable, options.Prefix),
            ("RAFT_API_OPENAPI", options.DocumentPath),
            .. options.DocsPath is { } docs ? [("RAFT_API_DOCS", docs)] : Array.Empty<(string, string)>(),
        ];
        for (var i = 0; i < own.Length; i++)
        {
            var (variable, path) = own[i];
            var other = own[..i].Select(o => o.Path).Concat(Taken).FirstOrDefault(taken => Overlap(path, taken));
            if (other is not null)
                throw new BadVariableException($"{variable} is {path}, and {other} has another use; take another path.");
        }
    }

    private static bool Overlap(string path, string other) =>
        $"{path}/".StartsWith($"{other}/", StringComparison.OrdinalIgnoreCase)
        || $"{other}/".StartsWith($"{path}/", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A(?:/[A-Za-z0-9._-]+){1,8}\z")]
    private static partial Regex Segments();
}
