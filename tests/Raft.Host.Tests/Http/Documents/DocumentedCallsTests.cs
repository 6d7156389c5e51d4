using Xunit;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>Every route of a live cluster works as documented.</summary>
public sealed class DocumentedCallsTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    private readonly ThreeNodes _nodes = nodes;

    [Fact]
    public async Task Every_operation_does_by_its_example_what_it_says() =>
        Assert.Equal("", string.Join('\n', await new DocumentedCalls(_nodes.Http, _nodes.Urls).ProblemsAsync()));

    [Fact]
    public async Task Every_operation_of_raft_dev_does_too()
    {
        await using var dev = await DevNodes.StartAsync();

        Assert.Equal("", string.Join('\n', await new DocumentedCalls(dev.Http, dev.Urls).ProblemsAsync()));
    }
}
