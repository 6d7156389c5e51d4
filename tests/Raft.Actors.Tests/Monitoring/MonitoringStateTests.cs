using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Xunit;
using static Raft.Actors.Tests.Monitoring.MonitoringViews;

namespace Raft.Actors.Tests.Monitoring;

public sealed class MonitoringStateTests
{
    private readonly MonitoringState _state = new();

    [Fact]
    public void An_election_is_reported_step_by_step()
    {
        Put(ViewOf(Follows(N2, 6, N1)));

        Assert.Equal(["n2 term 7: follower → candidate"], Told(ViewOf(Campaigns(N2, 7))));
        Assert.Equal(["n2 term 7: candidate → leader"], Told(ViewOf(Leads(N2, 7))));
    }

    [Fact]
    public void A_follower_tells_when_it_hears_of_another_leader()
    {
        Put(ViewOf(Follows(N3, 6, N1)));

        Assert.Equal([], Told(ViewOf(Follows(N3, 7, leader: null))));
        Assert.Equal(["n3 term 7: follows n2"], Told(ViewOf(Follows(N3, 7, N2))));
    }

    [Fact]
    public void A_node_that_falls_silent_and_comes_back_in_another_role_tells_both()
    {
        Put(ViewOf(Leads(N1, 6)));

        Assert.Equal(["n1 does not answer"], Told(Silent(N1)));
        Assert.Equal([], Told(Silent(N1)));
        Assert.Equal(
            ["n1 answers again", "n1 term 7: leader → follower", "n1 term 7: follows n2"], Told(ViewOf(Follows(N1, 7, N2))));
    }

    [Fact]
    public void An_unavailable_node_says_why()
    {
        Put(ViewOf(Follows(N1, 6, N2)));

        Assert.Equal(["n1 is unavailable: it is being started again"], Told(Down(N1, "it is being started again")));
        Assert.Equal(["n1 halted: its journal is damaged"], Told(Down(N1, "its journal is damaged", isHalted: true)));
    }

    [Fact]
    public void A_change_of_the_members_is_reported()
    {
        Put(ViewOf(Leads(N1, 6)));

        Assert.Equal(["n1: the members are now n1, n2"], Told(ViewOf(Leads(N1, 6) with { Members = [At(N1), At(N2)] })));
    }

    [Fact]
    public void What_a_node_is_when_it_is_first_seen_is_no_event() => Assert.Equal([], Told(ViewOf(Follows(N1, 6, N2))));

    [Fact]
    public void Indexes_that_move_change_the_node_and_are_no_event()
    {
        Put(ViewOf(Leads(N1, 6)));

        var news = Put(ViewOf(Leads(N1, 6, commit: 7)));

        Assert.Equal(new LogIndex(7), Assert.IsType<NodeChanged>(Assert.Single(news)).Node.Status!.CommitIndex);
    }

    [Fact]
    public void Time_that_passes_is_no_news_and_a_timer_that_is_started_again_is()
    {
        var drawn = Follows(N1, 6, N2) with { ElectionTimeout = Ms(700), ElectionTimeoutLeft = Ms(700) };
        Put(ViewOf(drawn));

        Assert.Empty(Put(ViewOf(drawn with { ElectionTimeoutLeft = Ms(300) })));
        Assert.Single(Put(ViewOf(drawn with { ElectionTimeout = Ms(800), ElectionTimeoutLeft = Ms(800) })));
    }

    [Fact]
    public void What_a_node_says_itself_has_the_address_that_it_is_known_by()
    {
        Put(Silent(N1) with { Node = new MemberStatus(N1, "moved:1") });

        _state.PutPublished(N1, Leads(N1, 6), down: null, Noon);

        Assert.Equal("moved:1", Assert.Single(_state.Snapshot.Nodes).Node.Address);
    }

    [Fact]
    public void A_node_that_is_no_longer_known_is_removed()
    {
        Put(Silent(N1));
        Put(Silent(N2));

        Assert.Empty(_state.Keep(new HashSet<NodeId> { N1, N2 }));
        var all = Assert.IsType<GroupView>(Assert.Single(_state.Keep(new HashSet<NodeId> { N1 })));

        Assert.Equal([N1], all.Nodes.Select(n => n.Node.NodeId));
    }

    [Fact]
    public void It_keeps_the_newest_of_what_happened_and_no_more_than_its_limits()
    {
        for (var i = 0; i < 2 * MonitoringState.MaxTransitions; i++) Put(i % 2 == 0 ? Silent(N1) : ViewOf(Leads(N1, i)));
        for (var i = 0; i < 2 * MonitoringState.MaxSamples; i++) _state.Add(new ActivitySample(Noon, i, null, null));

        Assert.Equal(MonitoringState.MaxTransitions, _state.Snapshot.Transitions.Count);
        Assert.Equal("n1 answers again", _state.Snapshot.Transitions[^1].Text);
        Assert.Equal(MonitoringState.MaxSamples, _state.Snapshot.Samples.Count);
        Assert.Equal((2 * MonitoringState.MaxSamples) - 1, _state.Snapshot.Samples[^1].WritesPerSecond);
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private IReadOnlyList<MonitoringEvent> Put(NodeView sight) => _state.Put(sight, Noon);

    private IEnumerable<string> Told(NodeView sight) => Put(sight).OfType<NodeTransition>().Select(t => t.Text);
}
