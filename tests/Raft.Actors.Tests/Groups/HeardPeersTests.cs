using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Groups;

public sealed class HeardPeersTests
{
    private static readonly NodeId N2 = new("n2");
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(60);

    private readonly HeardPeers _heard = new(node => node == N2);

    [Fact]
    public void A_node_was_heard_when_its_last_ping_arrived()
    {
        Assert.Null(_heard.Ago(N2, Now));

        _heard.Note(N2, Now - TimeSpan.FromSeconds(9));
        _heard.Note(N2, Now - TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), _heard.Ago(N2, Now));
    }

    [Fact]
    public void Names_without_an_address_are_ignored()
    {
        for (var i = 0; i < 1000; i++) _heard.Note(new NodeId($"stranger-{i}"), Now);

        Assert.Equal(0, _heard.Count);
    }
}
