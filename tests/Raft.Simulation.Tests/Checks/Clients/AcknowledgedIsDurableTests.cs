using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Clients;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Clients;

public sealed class AcknowledgedIsDurableTests
{
    private readonly CheckedRun _run = new(new AcknowledgedIsDurable());

    public AcknowledgedIsDurableTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1, 1));
        _run.Lead(1, term: 1);
        _run.Commit(1, 2);
    }

    [Fact]
    public void A_committed_command_on_a_majority_of_disks_may_be_acknowledged()
    {
        _run.Hold(3, CheckedRun.Entries(1, 1));
        _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Other_replies_acknowledge_nothing()
    {
        _run.Reply(1, "c1", new NotLeader(7));
        _run.Reply(1, "c1", new OutcomeUnknown(8, "why"));

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_command_that_is_not_committed_contradicts_it() => _run.Contradicts(
        "no node has committed more than entry 2",
        "n1 told c1 that its request 7 was applied as entry 3 of term 1",
        () => _run.Acknowledge(1, "c1", id: 7, index: 3, term: 1));

    [Fact]
    public void Another_command_than_the_committed_one_contradicts_it() => _run.Contradicts(
        "n1 committed entry 2 of term 1 in term 1",
        "n2 told c1 that its request 7 was applied as entry 2 of term 2",
        () => _run.Acknowledge(2, "c1", id: 7, index: 2, term: 2));

    [Fact]
    public void A_command_on_too_few_disks_contradicts_it() => _run.Contradicts(
        "1 of 3 disks have entry 2 of term 1",
        "n1 told c1 that its request 7 was applied as entry 2 of term 1",
        () => _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1));
}
