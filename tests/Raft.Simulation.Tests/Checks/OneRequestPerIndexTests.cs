using Raft.Simulation.Checks;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

public sealed class OneRequestPerIndexTests
{
    private readonly CheckedRun _run = new(new OneRequestPerIndex());

    public OneRequestPerIndexTests() => _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1);

    [Fact]
    public void Each_request_at_its_own_index_is_right()
    {
        _run.Acknowledge(1, "c2", id: 7, index: 3, term: 1);
        _run.Acknowledge(1, "c1", id: 8, index: 4, term: 1);

        Assert.Equal(3, _run.Examined);
    }

    [Theory]
    [InlineData("c2", 7)]
    [InlineData("c1", 8)]
    public void Two_requests_at_one_index_contradict_it(string client, long id) => _run.Contradicts(
        "n1 told c1 that its request 7 was applied at index 2",
        $"n3 told {client} that its request {id} was applied there",
        () => _run.Acknowledge(3, client, id, index: 2, term: 2));
}
