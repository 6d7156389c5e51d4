using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Configuration.Derived;
using Xunit;

namespace Raft.Actors.Tests.Configuration;

/// <summary>What code sets reaches the setting of the same name, of its own group and of no other.</summary>
public sealed class RaftOptionsTests
{
    private static readonly GroupId Orders = new("orders");

    public static TheoryData<string> KeyNames => [.. ReferenceTests.Keys.Where(key => key != "raft.group")];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void An_option_reaches_the_setting_that_its_name_says_and_no_other(string key)
    {
        var expected = Values.Of(SettingsOf(Orders, Config.Empty));
        expected[key] = Values.OtherThan(expected[key]);
        var options = new RaftOptions();
        Set(options, key, expected[key]!);

        Assert.Equal(expected, Values.Of(SettingsOf(Orders, options.ToConfig(Orders))));
    }

    [Fact]
    public void The_node_and_the_members_can_be_set()
    {
        var named = new RaftOptions { NodeId = "n2", Members = ["n1=a:1", "n2=b:2"] };
        var found = new RaftOptions { NodeId = "n7", Members = [], BootstrapExpect = 3 };

        Assert.Equal(new NodeId("n2"), SettingsOf(Orders, named.ToConfig(Orders)).NodeId);
        Assert.Equal(["n1=a:1", "n2=b:2"], SettingsOf(Orders, named.ToConfig(Orders)).Members.Select(m => m.ToString()));
        Assert.Equal(3, SettingsOf(Orders, found.ToConfig(Orders)).BootstrapExpect);
    }

    [Fact]
    public void Options_that_are_not_set_change_nothing() => Assert.Equal(
        Values.Of(SettingsOf(Orders, Config.Empty)), Values.Of(SettingsOf(Orders, new RaftOptions().ToConfig(Orders))));

    [Fact]
    public void A_group_has_the_name_that_it_was_given_and_its_own_values_above_those_of_all_groups()
    {
        var config = ConfigurationFactory
            .ParseString(
                "raft { heartbeat-interval = 70ms, groups.\"a.b\" { heartbeat-interval = 60ms, client.request-timeout = 9s } }");

        var own = SettingsOf(new GroupId("a.b"), config);
        var other = SettingsOf(Orders, config);

        Assert.Equal(("a.b", 60, 9), Read(own));
        Assert.Equal(("orders", 70, 5), Read(other));

        static (string Group, double Heartbeat, double Timeout) Read(RaftSettings settings) => (
            settings.Group.Value,
            settings.HeartbeatInterval.TotalMilliseconds,
            settings.Client.RequestTimeout.TotalSeconds);
    }

    /// <summary>Whatever is in a text must not become another key.</summary>
    [Fact]
    public void A_text_with_quotes_and_backslashes_is_one_text()
    {
        var options = new RaftOptions { NodeId = "n\\1\", allow-in-memory-journal = on, x = \"" };

        var refusal = Assert.Throws<RaftConfigurationException>(() => SettingsOf(Orders, options.ToConfig(Orders)));

        Assert.Contains(options.NodeId, refusal.Message, StringComparison.Ordinal);
    }

    private static void Set(RaftOptions options, string key, object value)
    {
        object target = key.StartsWith("raft.client.", StringComparison.Ordinal) ? options.Client : options;
        var property = target.GetType().GetProperty(OptionsFile.NameOf(key))!;
        property.SetValue(target, property.PropertyType == typeof(string) ? value.ToString() : value);
    }

    private static RaftSettings SettingsOf(GroupId group, Config config) => new(
        RaftConfig.ForGroup(config.WithFallback(TestSettings.Application).WithFallback(RaftConfig.Reference), group));
}
