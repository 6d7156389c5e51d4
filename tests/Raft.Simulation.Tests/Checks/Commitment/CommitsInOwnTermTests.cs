using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class CommitsInOwnTermTests
{
    private readonly CheckedRun _run = new(new CommitsInOwnTerm());

    public CommitsInOwnTermTests()
    {
        _run.Append(1, CheckedRun.Entries(1, 2));
        _run.Lead(1, term: 4);
    }

    [Fact]
    public void An_entry_of_its_own_term_commits_those_before_it()
    {
        _run.Append(1, CheckedRun.Entry(3, 4));
        _run.Commit(1, 3);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Figure_8_an_entry_of_an_older_term_contradicts_it() => _run.Contradicts(
        "entry 2 of n1 is of term 2", "n1 advanced its commit index to it as leader of term 4", () => _run.Commit(1, 2));

    [Fact]
    public void A_follower_commits_what_its_leader_says()
    {
        _run.Append(2, CheckedRun.Entries(1, 2));
        _run.Follow(2, term: 4, leader: 1);
        _run.Commit(2, 2);

        Assert.Equal(0, _run.Examined);
    }
}
