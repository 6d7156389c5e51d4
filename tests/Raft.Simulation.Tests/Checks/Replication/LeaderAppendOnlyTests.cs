using Raft.Simulation.Checks.Replication;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Replication;

public sealed class LeaderAppendOnlyTests
{
    private readonly CheckedRun _run = new(new LeaderAppendOnly());

    public LeaderAppendOnlyTests() => _run.Append(1, CheckedRun.Entries(1, 1, 1));

    [Fact]
    public void A_leader_may_append()
    {
        _run.Lead(1, term: 2);
        _run.Append(1, CheckedRun.Entry(4, 2));
        _run.Append(1, CheckedRun.Entry(5, 2), CheckedRun.Entry(6, 2));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_follower_may_remove_entries()
    {
        _run.Lead(1, term: 2);
        _run.Follow(1, term: 3, leader: 2);
        _run.Replace(1, from: 2, CheckedRun.Entry(2, 3));

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_leader_that_replaces_an_entry_contradicts_it()
    {
        _run.Lead(1, term: 2);

        _run.Contradicts(
            "n1 led term 2 with entries up to 3",
            "its log changed from entry 3 on while it led",
            () => _run.Replace(1, from: 3, CheckedRun.Entry(3, 2)));
    }

    [Fact]
    public void A_leader_that_removes_an_entry_contradicts_it()
    {
        _run.Lead(1, term: 2);

        _run.Contradicts(
            "n1 led term 2 with entries up to 3",
            "its log changed from entry 2 on while it led",
            () => _run.Replace(1, from: 2));
    }
}
