using Raft.Actors.Membership;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Raft.Programs.Addresses;
using Xunit;

namespace Raft.Host.Tests.Hosting;

public sealed class KnownMembersTests : IDisposable
{
    private static readonly HostPort Lighthouse = new("10.0.0.9", 4053);

    private readonly TempFolder _folder = new();

    private string FilePath => _folder.File("known-members");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Members_are_known_after_a_restart()
    {
        KnownMembers.Read(FilePath).Put(Nodes("n2=10.0.0.2:4053,n1=10.0.0.1:4053"), [Lighthouse]);

        var known = KnownMembers.Read(FilePath);

        Assert.Equal("n1=10.0.0.1:4053 n2=10.0.0.2:4053", string.Join(' ', known.Nodes));
        Assert.Equal("10.0.0.1:4053 10.0.0.2:4053 10.0.0.9:4053", string.Join(' ', known.Addresses));
    }

    [Fact]
    public void However_many_names_come_and_go_only_so_many_are_kept()
    {
        var known = KnownMembers.Read(FilePath);
        known.Put(Nodes("n1=10.0.0.1:4053"), []);

        for (var i = 1; i < 40; i++)
            known.Put(Enumerable.Range(1, 20).Select(k => RaftMember.Parse($"s{i}-{k}=10.0.{i}.{k}:4053")), []);

        Assert.Equal(NodeDirectory.MaxNodes, known.Nodes.Count);
        Assert.Contains(known.Nodes, n => n.Id.Value == "n1");
    }

    [Fact]
    public void A_node_that_left_keeps_its_last_address_and_other_processes_are_forgotten()
    {
        var known = KnownMembers.Read(FilePath);
        known.Put(Nodes("n1=10.0.0.1:4053,n2=10.0.0.2:4053"), [Lighthouse]);

        known.Put(Nodes("n1=10.0.0.5:4053"), []);

        Assert.Equal(["n1=10.0.0.5:4053", "n2=10.0.0.2:4053"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void Of_two_addresses_of_one_node_the_later_one_counts()
    {
        var known = KnownMembers.Read(FilePath);

        known.Put([RaftMember.Parse("n1=10.0.0.1:4053"), RaftMember.Parse("n1=10.0.0.7:4053")], []);

        Assert.Equal("n1=10.0.0.7:4053", Assert.Single(known.Nodes).ToString());
    }

    [Theory]
    [InlineData("n1=nonsense")]
    [InlineData("n1=10.0.0.1:4053\n\0\0\0")]
    public void A_damaged_file_counts_as_empty(string content)
    {
        File.WriteAllText(FilePath, content);

        Assert.Empty(KnownMembers.Read(FilePath).Addresses);
    }

    private static IReadOnlyList<RaftMember> Nodes(string list) => RaftMember.ParseList(list);
}
