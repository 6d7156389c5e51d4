using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Durability;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Durability;

public sealed class DurablePromisesTests
{
    private readonly CheckedRun _run = new(new DurablePromises());

    public DurablePromisesTests() => _run.WriteTerm(1, 2, vote: 2);

    [Fact]
    public void Promises_that_are_on_disk_are_right()
    {
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 2));
        _run.Hold(1, CheckedRun.Entries(1, 2));
        _run.Send(1, 2, Rpcs.Accepted(1, term: 2, match: 2));
        _run.Send(1, 2, Rpcs.Rejected(1, term: 2, rejected: 5));
        _run.WriteTerm(2, 2, vote: 2);
        _run.Send(2, 1, Rpcs.RequestVote(2, term: 2));
        _run.Send(2, 1, Rpcs.Heartbeat(2, term: 2));

        Assert.Equal(5, _run.Examined);
    }

    [Fact]
    public void That_it_knows_a_newer_term_is_no_promise()
    {
        _run.Send(1, 2, Rpcs.Outdated(1, term: 9));

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_message_of_a_term_that_is_not_on_disk_contradicts_it() => _run.Contradicts(
        "the disk of n1 is in term 2", "n1 sent VoteDenied of term 3", () => _run.Send(1, 3, Rpcs.VoteDenied(1, term: 3)));

    [Fact]
    public void A_vote_that_is_not_on_disk_contradicts_it()
    {
        _run.WriteTerm(3, 2);

        _run.Contradicts(
            "the disk of n3 has no vote of term 2",
            "n3 sent VoteGranted based on a vote for n1",
            () => _run.Send(3, 1, Rpcs.VoteGranted(3, term: 2)));
    }

    [Fact]
    public void A_vote_for_another_than_the_one_on_disk_contradicts_it() => _run.Contradicts(
        "the disk of n1 has a vote for n2 in term 2",
        "n1 sent VoteGranted based on a vote for n3",
        () => _run.Send(1, 3, Rpcs.VoteGranted(1, term: 2)));

    [Fact]
    public void A_candidate_whose_own_vote_is_not_on_disk_contradicts_it()
    {
        _run.WriteTerm(3, 2);

        _run.Contradicts(
            "the disk of n3 has no vote of term 2",
            "n3 sent RequestVote based on a vote for n3",
            () => _run.Send(3, 1, Rpcs.RequestVote(3, term: 2)));
    }

    [Fact]
    public void A_vote_that_a_later_term_replaced_before_it_was_written_binds_all_the_same()
    {
        _run.WriteTerm(3, 5);
        _run.Send(3, 1, Rpcs.VoteGranted(3, term: 4));

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Entries_that_are_not_on_disk_contradict_it()
    {
        _run.Hold(1, CheckedRun.Entries(1, 2));
        _run.Append(1, CheckedRun.Entry(3, 2));

        _run.Contradicts(
            "the log on the disk of n1 ends at 2",
            "n1 accepted entries up to 3 from n2 in term 2",
            () => _run.Send(1, 2, Rpcs.Accepted(1, term: 2, match: 3)));
    }

    [Fact]
    public void Other_entries_than_the_leaders_contradict_it()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1));
        _run.Append(2, CheckedRun.Entries(1, 2));
        _run.Lead(2, term: 2);

        _run.Contradicts(
            "entry 2 on the disk of n1 is of term 1",
            "n1 accepted entries up to it from n2, whose entry is of term 2",
            () => _run.Send(1, 2, Rpcs.Accepted(1, term: 2, match: 2)));
    }

    [Fact]
    public void What_a_newer_leader_removed_may_still_be_acknowledged_to_the_older()
    {
        _run.Write(
            1,
            new EntriesAppended(CheckedRun.Entries(1, 2)),
            new TermStarted(new Term(3), null),
            new LogTruncated(new LogIndex(2)));
        _run.Send(1, 2, Rpcs.Accepted(1, term: 2, match: 2));

        Assert.Equal(1, _run.Examined);
    }
}
