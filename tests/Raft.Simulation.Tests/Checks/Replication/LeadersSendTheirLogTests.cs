using Raft.Simulation.Checks.Replication;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Replication;

public sealed class LeadersSendTheirLogTests
{
    private readonly CheckedRun _run = new(new LeadersSendTheirLog());

    public LeadersSendTheirLogTests()
    {
        _run.Append(1, CheckedRun.Entries(1, 2, 2));
        _run.Lead(1, term: 2);
        _run.Commit(1, 2);
    }

    [Fact]
    public void Entries_of_the_own_log_and_the_own_commit_index_are_right()
    {
        _run.Send(1, 2, Rpcs.Heartbeat(1, term: 2));
        var append = Rpcs.Append(
            1, term: 2, previous: 1, previousTerm: 1, commit: 2, CheckedRun.Entry(2, 2), CheckedRun.Entry(3, 2));
        _run.Send(1, 2, append);
        _run.Deliver(1, 2, append);

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void What_a_deposed_leader_said_is_not_compared_with_what_it_is_now()
    {
        _run.Follow(1, term: 3);
        _run.Deliver(1, 2, Rpcs.Heartbeat(1, term: 2, commit: 9));

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void An_entry_before_them_that_the_leader_does_not_have_contradicts_it() => _run.Contradicts(
        "entry 1 of n1 is of term 1",
        "it sent n2 entries that follow entry 1 of term 2",
        () => _run.Send(1, 2, Rpcs.Heartbeat(1, term: 2, previous: 1, previousTerm: 2)));

    [Fact]
    public void An_entry_that_is_not_the_leaders_contradicts_it() => _run.Contradicts(
        "entry 2 of n1 is of term 2",
        "it sent n2 another entry 2 of term 2",
        () => _run.Send(1, 2, Rpcs.Append(
            1, term: 2, previous: 1, previousTerm: 1, commit: 0, CheckedRun.Entry(2, 2, "y"))));

    [Fact]
    public void An_entry_after_the_leaders_last_contradicts_it() => _run.Contradicts(
        "entry 4 of n1 is of term none",
        "it sent n2 another entry 4 of term 2",
        () => _run.Send(1, 2, Rpcs.Append(1, term: 2, previous: 3, previousTerm: 2, commit: 0, CheckedRun.Entry(4, 2))));

    [Fact]
    public void A_gap_contradicts_it() => _run.Contradicts(
        "n1 sent n2 entries after entry 1",
        "entry 3 stands where entry 2 should",
        () => _run.Send(1, 2, Rpcs.Append(1, term: 2, previous: 1, previousTerm: 1, commit: 0, CheckedRun.Entry(3, 2))));

    [Fact]
    public void A_commit_index_that_the_leader_has_not_reached_contradicts_it() => _run.Contradicts(
        "n1 has committed up to 2 in term 2",
        "it told n3 that it had committed up to 3",
        () => _run.Deliver(1, 3, Rpcs.Heartbeat(1, term: 2, commit: 3)));

    [Fact]
    public void A_leader_transfers_its_leadership_to_a_node_that_has_its_whole_log()
    {
        _run.Hold(2, CheckedRun.Entries(1, 2, 2));
        _run.Send(1, 2, Rpcs.TimeoutNow(1, term: 2));

        _run.Hold(3, CheckedRun.Entries(1, 2));
        _run.Contradicts(
            "the log of n1 ends with entry 3 of term 2",
            "it told n3 to take over, whose disk ends with entry 2 of term 2",
            () => _run.Send(1, 3, Rpcs.TimeoutNow(1, term: 2)));
    }
}
