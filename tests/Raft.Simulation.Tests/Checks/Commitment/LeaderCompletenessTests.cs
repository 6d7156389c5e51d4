using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class LeaderCompletenessTests
{
    private readonly CheckedRun _run = new(new LeaderCompleteness());

    public LeaderCompletenessTests()
    {
        _run.Append(1, CheckedRun.Entries(1, 1));
        _run.Lead(1, term: 1);
    }

    [Fact]
    public void A_later_leader_that_has_all_committed_entries_is_right()
    {
        _run.Commit(1, 2);
        _run.Append(2, CheckedRun.Entries(1, 1));
        _run.Lead(2, term: 2);

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_leader_of_the_same_or_an_older_term_need_not_have_them()
    {
        _run.Lead(1, term: 5);
        _run.Commit(1, 2);
        _run.Lead(2, term: 3);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_later_leader_that_lacks_a_committed_entry_contradicts_it()
    {
        _run.Commit(1, 2);
        _run.Append(2, CheckedRun.Entries(1));

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n2 leads the later term 2 and has no entry there",
            () => _run.Lead(2, term: 2));
    }

    [Fact]
    public void A_later_leader_with_another_entry_contradicts_it()
    {
        _run.Commit(1, 2);
        _run.Append(2, CheckedRun.Entries(1, 2));

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n2 leads the later term 3 and has an entry of term 2 there",
            () => _run.Lead(2, term: 3));
    }

    [Fact]
    public void An_older_leader_that_commits_what_the_newer_one_lacks_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1));
        _run.Lead(2, term: 2);

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n2 leads the later term 2 and has no entry there",
            () => _run.Commit(1, 2));
    }
}
