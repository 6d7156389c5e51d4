using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class FollowersCommitAfterLeadersTests
{
    private readonly CheckedRun _run = new(new FollowersCommitAfterLeaders());

    public FollowersCommitAfterLeadersTests()
    {
        _run.Append(1, CheckedRun.Entries(1, 1, 1));
        _run.Append(2, CheckedRun.Entries(1, 1, 1));
        _run.Lead(1, term: 1);
        _run.Commit(1, 2);
    }

    [Fact]
    public void What_a_leader_committed_may_be_committed_by_others_and_again_after_a_restart()
    {
        _run.Commit(2, 2);
        _run.Stop(2);
        _run.Start(2);
        _run.Append(2, CheckedRun.Entries(1, 1, 1));
        _run.Commit(2, 2);

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void What_a_leader_committed_in_the_step_in_which_it_was_deposed_counts()
    {
        _run.Change(1, s => s with { Role = RaftRole.Follower, Term = new Term(2), CommitIndex = new LogIndex(3) });
        _run.Commit(2, 3);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_follower_that_is_ahead_of_all_leaders_contradicts_it() => _run.Contradicts(
        "n1 committed up to 2 while it led, and no leader more",
        "n2, Follower in term 0, committed up to 3",
        () => _run.Commit(2, 3));
}
