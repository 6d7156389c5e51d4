using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Sessions;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Sessions;

public sealed class AppliedOnceTests
{
    private static readonly SessionCommand First = new(new SessionId(1), Sequence: 1, Acknowledged: 0);
    private static readonly KeyedCommand Keyed = new(new IdempotencyKey("key"));

    private readonly CheckedRun _run = new(new AppliedOnce());

    [Fact]
    public void Different_commands_and_the_same_one_at_one_index_on_all_nodes_are_right()
    {
        Hold(First, First with { Sequence = 2 }, First with { Session = new SessionId(2) }, null, null);
        for (var node = 1; node <= 3; node++)
        {
            for (var index = 1; index <= 5; index++) _run.Apply(node, index);
        }

        Assert.Equal(9, _run.Examined);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_command_at_two_indexes_contradicts_it_on_the_same_node_and_on_another(int node)
    {
        Hold(First, null, First with { Acknowledged = 0 });
        _run.Apply(1, index: 1);
        _run.Contradicts(
            "n1 applied command 1 of session 1 at index 1",
            $"n{node} applied it at index 3",
            () => _run.Apply(node, index: 3));
    }

    [Fact]
    public void Each_attempt_that_is_told_the_index_is_right()
    {
        Hold(First, null);
        _run.Apply(1, index: 1);
        _run.Propose(1, "c1", id: 7, First);
        _run.Propose(2, "c1", id: 8, First);
        _run.Acknowledge(1, "c1", id: 7, index: 1, term: 1);
        _run.Acknowledge(2, "c1", id: 8, index: 1, term: 1);

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void An_attempt_that_is_told_another_index_contradicts_it()
    {
        Hold(First, null);
        _run.Apply(1, index: 1);
        _run.Propose(2, "c1", id: 8, First);
        _run.Contradicts(
            "n2 told c1 that command 1 of session 1 was applied at index 2",
            "n1 applied it at index 1",
            () => _run.Acknowledge(2, "c1", id: 8, index: 2, term: 1));
    }

    [Fact]
    public void An_answer_before_any_node_applied_it_contradicts_it()
    {
        Hold(First);
        _run.Propose(2, "c1", id: 8, First);
        _run.Contradicts(
            "n2 told c1 that command 1 of session 1 was applied at index 1",
            "no node has applied it",
            () => _run.Acknowledge(2, "c1", id: 8, index: 1, term: 1));
    }

    [Fact]
    public void A_key_at_two_indexes_contradicts_it_while_the_group_remembers_it()
    {
        Hold(Keyed, Keyed);
        _run.Apply(1, index: 1);
        _run.Contradicts(
            "n1 applied command key at index 1", "n2 applied it at index 2", () => _run.Apply(2, index: 2));
    }

    [Fact]
    public void A_key_that_the_group_may_have_forgotten_is_a_new_command()
    {
        var entries = new[] { Entry(1, Keyed), Entry(2, Keyed) with { Time = _run.Cluster.Settings.SessionTimeout } };
        for (var node = 1; node <= 3; node++) _run.Hold(node, entries);
        _run.Apply(1, index: 1);
        _run.Apply(1, index: 2);
        _run.Apply(2, index: 1);

        Assert.Equal(3, _run.Examined);
    }

    private void Hold(params CommandOrigin?[] origins)
    {
        var entries = origins.Select((origin, i) => Entry(i + 1, origin)).ToArray();
        for (var node = 1; node <= 3; node++) _run.Hold(node, entries);
    }

    private static LogEntry Entry(long index, CommandOrigin? origin) => CheckedRun.Entry(index, term: 1) with { Origin = origin };
}
