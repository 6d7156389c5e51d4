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
    /// <summary>The variable for the prefix of the API, both of the served API and of the API that commands call.</summary>
    public const string PrefixVariable = "RAFT_API_PREFIX";

    private const string Off = "off";
    private const int MaxText = 10_000;

    /// <summary>Paths that are reserved for other uses. /page has the files of the dashboard.</summary>
    private static readonly string[] Taken = ["/health", "/metrics", "/page"];

    /// <exception cref="BadVariableException">A value is invalid. The message names the variable.</exception>
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

    /// <summary>Reads the prefix of the API.</summary>
    /// <exception cref="BadVariableException">It is not a path.</exception>
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

    private static string Text(string text) =>
        text.Length <= MaxText && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
        ? text
        : throw new FormatException($"the text must not have more than {MaxText} characters or any control characters.");

    private static Uri WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"'{text}' is not a URL. Use a URL such as https://example.com/support.");

    private static string MailAddressOf(string text) => MailAddress.TryCreate(text, out var mail) && mail.Address == text
        ? text
        : throw new FormatException($"'{text}' is not an email address. Use NAME@HOST, such as support@example.com.");

    /// <summary>
    /// Normalizes host names like requests: ASP.NET Core decodes internationalized names from their ASCII form.
    /// </summary>
    private static IReadOnlyList<string> HostNames(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => IsHostName(name)
                ? HostString.FromUriComponent(name).Host
                : throw new FormatException(
                    $"'{name}' is not a host name. Use NAME,NAME,… without ports, such as raft.example.com,*.raft.svc.")),
    ];

    private static bool IsHostName(string text) =>
        Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) is UriHostNameType.Dns;

    private static string Path(string text) => Segments().IsMatch(text) && !text.Split('/').Any(s => s is "." or "..")
        ? text
        : throw new FormatException(
            $"'{text}' is not a path. Use /NAME or /NAME/NAME of letters, digits, dots, dashes and underscores, such as /api.");

    /// <summary>Checks that no path hides another one.</summary>
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
                throw new BadVariableException($"{variable} is {path}, but {other} is reserved. Use another path.");
        }
    }

    private static bool Overlap(string path, string other) =>
        $"{path}/".StartsWith($"{other}/", StringComparison.OrdinalIgnoreCase)
        || $"{other}/".StartsWith($"{path}/", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A(?:/[A-Za-z0-9._-]+){1,8}\z")]
    private static partial Regex Segments();
}
