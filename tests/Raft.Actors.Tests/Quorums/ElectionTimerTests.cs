using Raft.Actors.Protocol;
using Raft.Actors.Quorums;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Quorums;

public sealed class ElectionTimerTests
{
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(1000);
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(0.0, 500)]
    [InlineData(0.5, 750)]
    public void A_timeout_is_drawn_between_the_limits__5_2(double draw, int milliseconds) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            new ElectionTimer(Min, Max, new FixedRandom(draw)).Start(Now, LeadershipPreference.Neutral));

    [Fact]
    public void A_node_that_avoids_leading_waits_until_all_others_had_their_turn() =>
        Assert.Equal(Max + Min, new ElectionTimer(Min, Max, new FixedRandom(0)).Start(Now, LeadershipPreference.Avoid));

    [Fact]
    public void What_is_left_of_a_timeout_is_never_less_than_nothing()
    {
        var timer = new ElectionTimer(Min, Max, new FixedRandom(0));
        timer.Start(Now, LeadershipPreference.Neutral);

        Assert.Equal(TimeSpan.FromMilliseconds(1), timer.Left(Now + Min - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(TimeSpan.Zero, timer.Left(Now + Max));
    }

    [Fact]
    public void A_leader_is_heard_for_the_shortest_timeout()
    {
        var timer = new ElectionTimer(Min, Max, new FixedRandom(0));
        timer.OnLeaderHeard(Now);

        Assert.True(timer.IsLeaderHeard(Now + Min - TimeSpan.FromTicks(1)));
        Assert.False(timer.IsLeaderHeard(Now + Min));
    }
}
