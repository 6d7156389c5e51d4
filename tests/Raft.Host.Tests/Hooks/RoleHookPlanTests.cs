using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Host.Hooks;
using Xunit;

namespace Raft.Host.Tests.Hooks;

/// <summary>Which hooks run after which role changes, as <c>leader 5</c> or <c>follower 6 of n2</c>.</summary>
public sealed class RoleHookPlanTests
{
    private readonly RoleHookPlan _plan = new();

    [Fact]
    public void A_node_that_starts_follows_and_says_so_again_when_it_knows_whom()
    {
        Take(RaftRole.Follower, 4);
        Assert.Equal("follower 4", Run());

        Take(RaftRole.Follower, 4, "n2");
        Assert.Equal("follower 4 of n2", Run());
    }

    [Fact]
    public void A_campaign_is_no_role_that_has_a_hook()
    {
        Take(RaftRole.Follower, 4, "n2");
        Run();

        Take(RaftRole.Candidate, 5);
        Take(RaftRole.Follower, 5);

        Assert.Null(Run());
    }

    [Fact]
    public void Each_term_that_it_follows_has_one_hook()
    {
        Take(RaftRole.Follower, 4, "n2");
        Take(RaftRole.Follower, 4, "n2");
        Assert.Equal("follower 4 of n2", Run());

        Take(RaftRole.Follower, 5, "n2");

        Assert.Equal("follower 5 of n2", Run());
        Assert.Null(Run());
    }

    [Fact]
    public void A_term_that_it_leads_has_one_hook()
    {
        Take(RaftRole.Leader, 5, "n1");
        Take(RaftRole.Leader, 5, "n1");

        Assert.Equal("leader 5 of n1", Run());
        Assert.Null(Run());
    }

    [Fact]
    public void The_end_of_a_leadership_is_told_at_once_and_the_next_leader_when_it_is_known()
    {
        Take(RaftRole.Leader, 5, "n1");
        Assert.Equal("leader 5 of n1", Run());

        Take(RaftRole.Follower, 6);
        Assert.Equal("follower 6", Run());

        Take(RaftRole.Follower, 6, "n3");
        Assert.Equal("follower 6 of n3", Run());
    }

    [Fact]
    public void A_leadership_that_is_over_before_its_hook_began_has_none()
    {
        Take(RaftRole.Follower, 4, "n2");
        Take(RaftRole.Leader, 5, "n1");

        var skipped = Take(RaftRole.Follower, 6);

        Assert.Equal(["follower 4 of n2", "leader 5 of n1"], skipped);
        Assert.Equal("follower 6", Run());
        Assert.Null(Run());
    }

    [Fact]
    public void A_follower_that_leads_again_first_ends_what_it_led_before()
    {
        Take(RaftRole.Leader, 5, "n1");
        Run();

        Assert.Empty(Take(RaftRole.Follower, 6));
        Assert.Empty(Take(RaftRole.Leader, 7, "n1"));

        Assert.Equal("follower 6", Run());
        Assert.Equal("leader 7 of n1", Run());
    }

    [Fact]
    public void However_often_the_role_changes_two_hooks_wait_at_the_most()
    {
        for (var term = 1; term < 100; term += 2)
        {
            Take(RaftRole.Leader, term, "n1");
            Take(RaftRole.Follower, term + 1, "n2");
        }

        Take(RaftRole.Leader, 101, "n1");

        Assert.Equal("follower 100 of n2", Run());
        Assert.Equal("leader 101 of n1", Run());
        Assert.Null(Run());
    }

    [Fact]
    public void A_leader_that_stops_ends_what_it_led_and_leads_no_more()
    {
        Take(RaftRole.Leader, 5, "n1");
        Run();

        _plan.Stop();
        Take(RaftRole.Leader, 7, "n1");

        Assert.Equal("follower 5", Run());
        Assert.Null(Run());
    }

    [Fact]
    public void A_follower_that_stops_has_nothing_to_end()
    {
        Take(RaftRole.Follower, 5, "n2");
        Run();

        Assert.Empty(_plan.Stop());
        Assert.Null(Run());
    }

    private string[] Take(RaftRole role, long term, string? leader = null) =>
    [
        .. _plan.Take(new RoleChanged(
            new GroupId("default"),
            new NodeId("n1"),
            role,
            new Term(term),
            leader is null ? null : new NodeId(leader))).Select(Show),
    ];

    private string? Run() => _plan.Next() is { } hook ? Show(hook) : null;

    private static string Show(RoleHook hook) =>
        $"{hook.Role.ToString().ToLowerInvariant()} {hook.Term}{(hook.Leader is { } leader ? $" of {leader}" : "")}";
}
