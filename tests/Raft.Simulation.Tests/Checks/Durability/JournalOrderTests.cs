using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Durability;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Durability;

public sealed class JournalOrderTests
{
    private readonly CheckedRun _run = new(new JournalOrder());

    public JournalOrderTests()
    {
        _run.WriteTerm(1, 2);
        _run.WriteTerm(1, 2, vote: 2);
        _run.Write(1, new EntriesAppended(CheckedRun.Entries(1, 2)));
    }

    [Fact]
    public void Events_that_follow_each_other_are_right()
    {
        _run.WriteTerm(1, 3);
        _run.Write(1, new LogTruncated(new LogIndex(2)), new EntriesAppended([CheckedRun.Entry(2, 3)]));

        Assert.Equal(6, _run.Examined);
    }

    [Fact]
    public void A_term_that_falls_contradicts_it() => _run.Contradicts(
        "the disk of n1 was in term 2", "term 1 was written after it", () => _run.WriteTerm(1, 1));

    [Fact]
    public void A_second_vote_in_a_term_contradicts_it() => _run.Contradicts(
        "the disk of n1 had a vote for n2 in term 2", "one for n3 was written over it", () => _run.WriteTerm(1, 2, vote: 3));

    [Fact]
    public void A_vote_taken_back_contradicts_it() => _run.Contradicts(
        "the disk of n1 had a vote for n2 in term 2", "that vote was taken back", () => _run.WriteTerm(1, 2));

    [Fact]
    public void A_gap_in_the_log_contradicts_it() => _run.Contradicts(
        "the log on the disk of n1 ended with entry 2 of term 2",
        "entry 4 of term 2 was written after it",
        () => _run.WriteNonsense(1, new EntriesAppended([CheckedRun.Entry(4, 2)])));

    [Fact]
    public void An_entry_older_than_the_one_before_it_contradicts_it() => _run.Contradicts(
        "the log on the disk of n1 ended with entry 2 of term 2",
        "entry 3 of term 1 was written after it",
        () => _run.WriteNonsense(1, new EntriesAppended([CheckedRun.Entry(3, 1)])));

    [Fact]
    public void An_entry_newer_than_the_term_contradicts_it() => _run.Contradicts(
        "the disk of n1 was in term 2",
        "entry 3 of the later term 3 was written to it",
        () => _run.Write(1, new EntriesAppended([CheckedRun.Entry(3, 3)])));

    [Fact]
    public void Removing_what_is_not_there_contradicts_it() => _run.Contradicts(
        "the log on the disk of n1 ended at 2",
        "entries from 3 on were removed from it",
        () => _run.WriteNonsense(1, new LogTruncated(new LogIndex(3))));
}
