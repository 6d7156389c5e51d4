using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class CommitAgreementTests
{
    private readonly CheckedRun _run = new(new CommitAgreement());

    public CommitAgreementTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1));
        _run.Lead(1, term: 1);
        _run.Commit(1, 2);
    }

    [Fact]
    public void Nodes_that_commit_the_same_are_right()
    {
        _run.Append(2, CheckedRun.Entries(1, 1));
        _run.Commit(2, 1);
        _run.Commit(2, 2);

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void Another_entry_committed_at_an_index_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1, 2));
        _run.Follow(2, term: 3);

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n2 committed an entry of term 2 there in term 3",
            () => _run.Commit(2, 2));
    }

    [Fact]
    public void A_node_that_commits_something_else_after_a_restart_contradicts_it()
    {
        _run.Stop(1);
        _run.Start(1);
        _run.Commit(1, 1);
        _run.Replace(1, from: 2, CheckedRun.Entry(2, 2));

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n1 committed an entry of term 2 there in term 0",
            () => _run.Commit(1, 2));
    }
}
