using Raft.Host.Api;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Api;

public sealed class ApiEnvironmentTests
{
    [Fact]
    public void Without_variables_everything_is_as_usual() => Assert.Equal(new ApiOptions(), Read());

    [Fact]
    public void Each_variable_sets_what_it_names()
    {
        var options = Read(
            ("RAFT_API_TITLE", "Orders"),
            ("RAFT_API_DESCRIPTION", "Where *orders* are.\nFor people."),
            ("RAFT_API_VERSION", "2.1"),
            ("RAFT_API_PREFIX", "/raft/v1"),
            ("RAFT_API_OPENAPI", "/api.json"),
            ("RAFT_API_DOCS", "/about"),
            ("RAFT_API_BASE_PATH", "/orders"));

        Assert.Equal(
            new ApiOptions
            {
                Title = "Orders",
                Description = "Where *orders* are.\nFor people.",
                Version = "2.1",
                Prefix = "/raft/v1",
                DocumentPath = "/api.json",
                DocsPath = "/about",
                BasePath = "/orders",
            },
            options);
    }

    [Fact]
    public void A_contact_has_what_is_set_of_it()
    {
        var contact = Read(("RAFT_API_CONTACT_NAME", "Ops"), ("RAFT_API_CONTACT_EMAIL", "ops@example.com")).Contact!;

        Assert.Equal("Ops", contact.Name);
        Assert.Equal("ops@example.com", contact.Email);
        Assert.Null(contact.Url);
        Assert.Equal("https://a.b/c", Read(("RAFT_API_CONTACT_URL", "https://a.b/c")).Contact!.Url!.OriginalString);
    }

    [Fact]
    public void Host_names_are_a_list_in_which_a_star_stands_for_what_is_below_a_name() => Assert.Equal(
        ["raft.example.com", "*.raft.svc", "bücher.example"],
        Read(("RAFT_HTTP_HOSTS", "raft.example.com, *.raft.svc,xn--bcher-kva.example")).Hosts);

    [Theory]
    [InlineData("raft:8080")]
    [InlineData("http://raft")]
    [InlineData("*")]
    [InlineData("a.*.b")]
    [InlineData("raft,,a b")]
    public void What_is_no_host_name_is_refused(string names) => Assert.Contains(
        "RAFT_HTTP_HOSTS: '",
        Assert.Throws<BadVariableException>(() => Read(("RAFT_HTTP_HOSTS", names))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_docs_page_can_be_turned_off() => Assert.Null(Read(("RAFT_API_DOCS", "off")).DocsPath);

    [Theory]
    [InlineData("RAFT_API_TITLE", "a\u0007b", "control characters")]
    [InlineData("RAFT_API_CONTACT_URL", "example.com", "'example.com' is not a URL. Use a URL")]
    [InlineData("RAFT_API_CONTACT_URL", "javascript:alert(1)", "is not a URL")]
    [InlineData("RAFT_API_CONTACT_EMAIL", "ops", "'ops' is not an email address")]
    [InlineData("RAFT_API_CONTACT_EMAIL", "Ops <ops@example.com>", "is not an email address")]
    [InlineData("RAFT_API_PREFIX", "api", "'api' is not a path. Use /NAME")]
    [InlineData("RAFT_API_PREFIX", "/", "is not a path")]
    [InlineData("RAFT_API_PREFIX", "/a/", "is not a path")]
    [InlineData("RAFT_API_PREFIX", "/{x}", "is not a path")]
    [InlineData("RAFT_API_PREFIX", "/../x", "is not a path")]
    [InlineData("RAFT_API_BASE_PATH", "https://example.com/raft", "is not a path")]
    [InlineData("RAFT_API_PREFIX", "/health", "RAFT_API_PREFIX is /health, but /health is reserved")]
    [InlineData("RAFT_API_PREFIX", "/Docs", "RAFT_API_DOCS is /docs, but /Docs is reserved")]
    [InlineData("RAFT_API_OPENAPI", "/api/openapi.json", "RAFT_API_OPENAPI is /api/openapi.json, but /api is reserved")]
    [InlineData("RAFT_API_DOCS", "/page/docs", "/page is reserved")]
    public void A_wrong_value_is_refused_in_one_sentence(string variable, string value, string expected)
    {
        var refused = Assert.Throws<BadVariableException>(() => Read((variable, value)));

        Assert.Contains("RAFT_API_", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static ApiOptions Read(params (string Name, string Value)[] variables) =>
        ApiEnvironment.Read(new Variables(variables.ToDictionary(v => v.Name, v => (string?)v.Value).GetValueOrDefault));
}
