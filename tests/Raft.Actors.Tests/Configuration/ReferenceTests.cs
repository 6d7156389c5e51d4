using Akka.Configuration.Hocon;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Configuration;

/// <summary>Each key of <c>reference.conf</c> reaches the setting that names it.</summary>
public sealed class ReferenceTests
{
    /// <summary>Who a node is has no usable default; other tests are about it.</summary>
    private static readonly string[] WhoItIs = ["raft.node-id", "raft.members", "raft.bootstrap-expect"];

    /// <summary>All keys of the reference.</summary>
    internal static IEnumerable<string> Leaves => LeavesOf(RaftConfig.Reference.GetConfig("raft").Root, "raft");

    /// <summary>The keys that may have any value, whatever the others have.</summary>
    internal static IEnumerable<string> Keys => Leaves.Except(WhoItIs);

    public static TheoryData<string> KeyNames => [.. Keys];

    [Fact]
    public void Every_key_of_the_reference_is_a_setting_and_every_setting_a_key() =>
        Assert.Equal(
            Leaves.Order(StringComparer.Ordinal),
            Setting.All.Select(s => s.Key).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void An_override_reaches_the_setting_that_names_the_key_and_no_other(string key)
    {
        var expected = Values.Of(TestSettings.With(""));
        expected[key] = Values.OtherThan(expected[key]);

        var settings = TestSettings.With(HoconText.Object([(key, expected[key])]).Trim('{', '}'));

        Assert.Equal(expected, Values.Of(settings));
    }

    [Fact]
    public void Sizes_and_durations_are_written_with_their_units()
    {
        var settings = TestSettings.With("raft { max-inflight-bytes = 3MiB, journal-timeout = 2m }");

        Assert.Equal((3 << 20, TimeSpan.FromMinutes(2)), (settings.MaxInflightBytes, settings.JournalTimeout));
    }

    [Fact]
    public void What_a_client_must_know_of_the_nodes_it_reads_from_their_keys()
    {
        var common = Setting.OfClient.Where(s => !s.IsClientsOwn).ToArray();

        Assert.Equal(4, common.Length);
        Assert.All(common, setting =>
        {
            var other = Values.OtherThan(Values.Of(TestSettings.With(""))[setting.Key]);
            var settings = TestSettings.With(HoconText.Object([(setting.Key, other)]).Trim('{', '}'));
            Assert.Equal(other, setting.Property.GetValue(settings.Client));
        });
    }

    [Fact]
    public void The_node_and_its_members_are_read_as_written()
    {
        var settings = TestSettings.With("");

        Assert.Equal(new NodeId("n1"), settings.NodeId);
        Assert.Equal(
            ["n1=127.0.0.1:1", "n2=127.0.0.1:2", "n3=127.0.0.1:3"], settings.Members.Select(m => m.ToString()));
    }

    [Fact]
    public void A_node_that_discovers_its_cluster_names_no_members()
    {
        var settings = TestSettings.With("raft { members = [], bootstrap-expect = 3 }");

        Assert.Equal(3, settings.BootstrapExpect);
        Assert.Empty(settings.Members);
        Assert.Equal(0, TestSettings.With("").BootstrapExpect);
    }

    [Fact]
    public void A_client_needs_no_node_id_and_no_members()
    {
        var settings = new ClientSettings(RaftConfig.Reference);

        Assert.Equal(TimeSpan.FromSeconds(5), settings.RequestTimeout);
    }

    private static IEnumerable<string> LeavesOf(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => LeavesOf(item.Value, $"{path}.{item.Key}"))
        : [path];
}
