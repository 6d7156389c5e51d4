using Raft.Benchmarks.Failover;
using Raft.Faults.Cluster;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class SettlingTests
{
    private static readonly NodeView Leader = new(IsLeader: true, Term: 2, Leader: 1, Committed: 9, Applied: 9);
    private static readonly NodeView Follower = new(IsLeader: false, Term: 2, Leader: 1, Committed: 9, Applied: 9);

    [Fact]
    public void Nodes_agree_when_all_follow_one_leader_and_have_caught_up() =>
        Assert.Equal(1, Settling.LeaderOf([Follower, Leader, Follower], committed: 9));

    [Fact]
    public void Nodes_do_not_agree_while_one_is_silent() =>
        Assert.Null(Settling.LeaderOf([null, Leader, Follower], committed: 9));

    [Fact]
    public void Nodes_do_not_agree_while_one_lags_behind() =>
        Assert.Null(Settling.LeaderOf([Follower with { Applied = 8 }, Leader, Follower], committed: 9));

    [Fact]
    public void Nodes_do_not_agree_while_one_follows_another_leader() =>
        Assert.Null(Settling.LeaderOf([Follower with { Leader = 2 }, Leader, Follower], committed: 9));

    [Fact]
    public void Nodes_do_not_agree_while_one_is_in_another_term() =>
        Assert.Null(Settling.LeaderOf([Follower with { Term = 1 }, Leader, Follower], committed: 9));

    [Fact]
    public void Nodes_do_not_agree_while_two_lead() =>
        Assert.Null(Settling.LeaderOf([Leader with { Leader = 0, Term = 1 }, Leader, Follower], committed: 9));
}
