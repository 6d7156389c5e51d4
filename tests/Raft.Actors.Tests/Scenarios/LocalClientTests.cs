using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A real client and a real node in one process.</summary>
public sealed class LocalClientTests : RaftScenario
{
    [Fact]
    public async Task A_client_writes_and_reads_through_a_node()
    {
        EstablishedLeader(members: 1);
        await using var client = NewLocalClient(N2);
        Assert.Equal("3:a", Text((await client.ProposeAsync(TextMachine.Bytes("a"))).Result));
        Assert.Equal("3:a", Text((await client.QueryAsync(default)).Result));
        Assert.Equal("3:a", Text((await client.QueryAsync(default, ReadConsistency.Stale)).Result));
    }

    /// <summary>
    /// The supervisor answers for a node that is down, so that its clients know that their requests had no effect and send them
    /// again.
    /// </summary>
    [Fact]
    public async Task A_command_that_arrives_while_the_node_is_down_is_applied_when_it_is_back()
    {
        EstablishedLeader(members: 1);
        await using var client = NewLocalClient(N2);
        await client.ProposeAsync(TextMachine.Bytes("a"));
        N2.Expects<FindLeader>();
        var actor = N2.LastSender;
        Crash();
        var request = client.ProposeAsync(TextMachine.Bytes("b"));
        for (var i = 0; i < 40; i++)
        {
            Pass(actor);
            Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(["3:a", "5:b"], Applied);
        Assert.Equal("5:b", Text((await request.WaitAsync(TimeSpan.FromSeconds(3))).Result));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => TextMachine.Text(bytes);
}
