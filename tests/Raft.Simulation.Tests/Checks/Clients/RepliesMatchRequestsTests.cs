using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Clients;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Clients;

public sealed class RepliesMatchRequestsTests
{
    private readonly CheckedRun _run = new(new RepliesMatchRequests());

    public RepliesMatchRequestsTests()
    {
        _run.Request(1, "c1", 1, 2);
        _run.Request(2, "c1", 1);
    }

    [Fact]
    public void One_answer_to_each_request_of_each_node_is_right()
    {
        _run.Reply(1, "c1", new NotLeader(1));
        _run.Reply(2, "c1", new Overloaded(1));
        _run.Request(1, "c1", 1);
        _run.Acknowledge(1, "c1", id: 1, index: 1, term: 1);
        _run.Reply(1, "c1", new OutcomeUnknown(2, "why"));

        Assert.Equal(4, _run.Examined);
    }

    [Fact]
    public void A_node_that_stops_may_not_know_what_its_state_machine_answered()
    {
        _run.Acknowledge(1, "c1", id: 1, index: 1, term: 1);
        _run.Reply(1, "c1", new OutcomeUnknown(1, "why"));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_second_answer_contradicts_it()
    {
        _run.Reply(1, "c1", new NotLeader(1));

        _run.Contradicts(
            "request 1 of c1 reached n1 1 times and was answered as often, at last with NotLeader",
            "n1 answered it again, with CommandApplied",
            () => _run.Acknowledge(1, "c1", id: 1, index: 1, term: 1));
    }

    [Theory]
    [InlineData(2, "c1", 2)]
    [InlineData(1, "c2", 1)]
    [InlineData(1, "c1", 3)]
    public void An_answer_to_a_request_that_never_came_contradicts_it(int node, string client, long id) => _run.Contradicts(
        $"request {id} of {client} never reached n{node}",
        $"n{node} answered it with NotLeader",
        () => _run.Reply(node, client, new NotLeader(id)));
}
