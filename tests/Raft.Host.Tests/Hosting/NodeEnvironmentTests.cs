using Raft.Host.Hosting;
using Raft.Lighthouse.Hosting;
using Xunit;

namespace Raft.Host.Tests.Hosting;

public sealed class NodeEnvironmentTests
{
    private const string Preference = "RAFT_LEADERSHIP_PREFERENCE";

    [Theory]
    [InlineData("neutral")]
    [InlineData("prefer")]
    [InlineData("avoid")]
    public void The_preference_to_lead_becomes_its_key(string preference) =>
        Assert.Contains(
            $"raft.leadership-preference = {preference}{Environment.NewLine}", Read(preference).Overrides, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_preference_the_configuration_decides(string? preference) =>
        Assert.DoesNotContain("leadership-preference", Read(preference).Overrides, StringComparison.Ordinal);

    [Theory]
    [InlineData("Prefer")]
    [InlineData("always")]
    [InlineData("avoid\nraft.volatile = on")]
    public void Another_preference_is_refused_by_name(string preference)
    {
        var refused = Assert.Throws<BadVariableException>(() => Read(preference));

        Assert.Contains($"{Preference} is '{preference}'; it must be neutral, prefer or avoid.", refused.Message, StringComparison.Ordinal);
    }

    private static NodeOptions Read(string? preference) => NodeEnvironment.Read(variable => variable switch
    {
        "RAFT_NODE_ID" => "n1",
        "RAFT_MEMBERS" => "n1=127.0.0.1:4053",
        Preference => preference,
        _ => null,
    });
}
