using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Sessions;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Sessions;

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

    [Fact]
    public void Two_attempts_of_one_command_at_one_index_are_right()
    {
        foreach (var id in new[] { 20, 21 })
        {
            _run.Propose(1, "c1", id, new SessionCommand(new SessionId(1), Sequence: 5, Acknowledged: id - 18));
            _run.Acknowledge(1, "c1", id, index: 9, term: 1);
        }

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void Two_commands_of_a_session_at_one_index_contradict_it()
    {
        foreach (var id in new[] { 20, 21 }) _run.Propose(1, "c1", id, new SessionCommand(new SessionId(1), id, 0));
        _run.Acknowledge(1, "c1", id: 20, index: 9, term: 1);
        _run.Contradicts(
            "n1 told c1 that its request 20 was applied at index 9",
            "n1 told c1 that its request 21 was applied there",
            () => _run.Acknowledge(1, "c1", id: 21, index: 9, term: 1));
    }

    [Theory]
    [InlineData("c2", 7)]
    [InlineData("c1", 8)]
    public void Two_requests_at_one_index_contradict_it(string client, long id) => _run.Contradicts(
        "n1 told c1 that its request 7 was applied at index 2",
        $"n3 told {client} that its request {id} was applied there",
        () => _run.Acknowledge(3, client, id, index: 2, term: 2));
}
