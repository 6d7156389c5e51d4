using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Xunit;

namespace Raft.Actors.Tests.Replication;

public sealed class ProgressTests
{
    [Fact]
    public void A_new_leader_knows_nothing_and_probes_at_its_last_entry__Figure_2()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);

        Assert.Equal(ReplicationMode.Probe, progress.Mode);
        Assert.Equal(new LogIndex(11), progress.Next);
        Assert.Equal(LogIndex.Zero, progress.Match);
        Assert.Equal(0, progress.Inflight);
        Assert.True(progress.CanSend);
    }

    [Fact]
    public void A_follower_that_lacks_committed_entries_and_gets_none_does_not_get_on()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);
        TimeSpan At(int second) => progress.Observe(commitIndex: new LogIndex(20), TimeSpan.FromSeconds(second));

        Assert.Equal(TimeSpan.FromSeconds(9), At(9));
        progress.OnAccepted(new LogIndex(11), newestRound: 0);
        Assert.Equal(TimeSpan.Zero, At(10));
        Assert.Equal(TimeSpan.FromSeconds(5), At(15));
        progress.OnAccepted(new LogIndex(20), newestRound: 0);
        At(16);
        Assert.Equal(TimeSpan.Zero, At(99));
    }

    [Fact]
    public void A_follower_that_gets_parts_of_a_snapshot_gets_on()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.BeginSnapshot(new LogIndex(5));
        progress.Observe(new LogIndex(20), TimeSpan.FromSeconds(8));
        var transfer = progress.TransferOf(new LogIndex(10), length: 100);

        transfer.OnReceived(new LogIndex(10), transfer.OnSent(round: 1), offset: 50);

        Assert.Equal(TimeSpan.Zero, progress.Observe(new LogIndex(20), TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public void A_probe_is_sent_once_until_the_follower_answers()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);

        progress.OnSent(new LogIndex(11), bytes: 1);
        Assert.False(progress.CanSend);
        Assert.Equal(new LogIndex(11), progress.Next);

        progress.OnAccepted(LogIndex.Zero, newestRound: 0);
        Assert.True(progress.CanSend);
        Assert.Equal(new LogIndex(1), progress.Next);
    }

    [Fact]
    public void An_acceptance_ends_the_search_and_opens_the_pipeline()
    {
        var progress = new Progress(new LogIndex(10), window: 2, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnSent(new LogIndex(11), bytes: 1);

        progress.OnAccepted(new LogIndex(11), newestRound: 0);

        Assert.Equal(ReplicationMode.Replicate, progress.Mode);
        Assert.Equal(new LogIndex(11), progress.Match);
        Assert.Equal(new LogIndex(12), progress.Next);
        Assert.True(progress.CanSend);
    }

    [Fact]
    public void The_pipeline_runs_ahead_of_the_acknowledgements_up_to_the_window()
    {
        var progress = Replicating(match: 11, window: 2);

        progress.OnSent(new LogIndex(13), bytes: 1);
        Assert.Equal(new LogIndex(14), progress.Next);
        Assert.True(progress.CanSend);
        progress.OnSent(new LogIndex(14), bytes: 1);
        Assert.False(progress.CanSend);
        Assert.Equal(2, progress.Inflight);

        progress.OnAccepted(new LogIndex(13), newestRound: 0);
        Assert.True(progress.CanSend);
        Assert.Equal(1, progress.Inflight);
        Assert.Equal(new LogIndex(15), progress.Next);
    }

    [Fact]
    public void A_rejected_probe_is_tried_again_at_the_followers_hint()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnSent(new LogIndex(11), bytes: 1);

        Assert.True(progress.OnRejected(new LogIndex(10), retryAt: new LogIndex(5)));

        Assert.Equal(new LogIndex(5), progress.Next);
        Assert.True(progress.CanSend);
    }

    [Fact]
    public void A_hint_beyond_the_rejected_entry_still_makes_the_search_go_back()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);

        Assert.True(progress.OnRejected(new LogIndex(10), retryAt: new LogIndex(99)));

        Assert.Equal(new LogIndex(10), progress.Next);
    }

    [Fact]
    public void The_same_rejection_delivered_twice_steps_back_once()
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);

        Assert.True(progress.OnRejected(new LogIndex(10), retryAt: new LogIndex(6)));
        progress.OnSent(new LogIndex(6), bytes: 1);
        Assert.False(progress.OnRejected(new LogIndex(10), retryAt: new LogIndex(2)));

        Assert.Equal(new LogIndex(6), progress.Next);
        Assert.False(progress.CanSend);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(7)]
    [InlineData(0)]
    public void A_rejection_of_what_the_follower_has_acknowledged_since_is_ignored(long rejected)
    {
        var progress = Replicating(match: 11, window: 4);
        progress.OnSent(new LogIndex(12), bytes: 1);

        Assert.False(progress.OnRejected(new LogIndex(rejected), retryAt: new LogIndex(1)));

        Assert.Equal(ReplicationMode.Replicate, progress.Mode);
        Assert.Equal(new LogIndex(13), progress.Next);
        Assert.Equal(1, progress.Inflight);
    }

    [Theory]
    [InlineData(13, 13, 13)]
    [InlineData(13, 12, 12)]
    [InlineData(14, 13, 13)]
    [InlineData(12, 99, 12)]
    public void A_lost_append_makes_the_follower_reject_the_next_and_the_leader_probe_above_the_match(
        long rejected, long retryAt, long next)
    {
        var progress = Replicating(match: 11, window: 4);
        progress.OnSent(new LogIndex(13), bytes: 1);
        progress.OnSent(new LogIndex(15), bytes: 1);

        Assert.True(progress.OnRejected(new LogIndex(rejected), new LogIndex(retryAt)));

        Assert.Equal(ReplicationMode.Probe, progress.Mode);
        Assert.Equal(new LogIndex(next), progress.Next);
        Assert.Equal(0, progress.Inflight);
        Assert.True(progress.CanSend);
    }

    [Fact]
    public void After_a_lost_append_the_pipeline_starts_again_with_one_message()
    {
        var progress = Replicating(match: 11, window: 4);
        progress.OnSent(new LogIndex(12), bytes: 1);
        progress.OnSent(new LogIndex(13), bytes: 1);
        progress.OnRejected(new LogIndex(12), retryAt: new LogIndex(12));
        progress.OnSent(new LogIndex(12), bytes: 1);
        progress.OnAccepted(new LogIndex(12), newestRound: 0);

        progress.OnSent(new LogIndex(13), bytes: 1);

        Assert.False(progress.CanSend);
        progress.OnAccepted(new LogIndex(13), newestRound: 0);
        progress.OnSent(new LogIndex(14), bytes: 1);
        Assert.True(progress.CanSend);
    }

    /// <summary>The rejection is about a log that ended before the entries acknowledged since: messages were reordered.</summary>
    [Theory]
    [InlineData(13, 11)]
    [InlineData(15, 5)]
    public void A_rejection_by_a_shorter_log_than_the_follower_has_acknowledged_is_ignored(long rejected, long retryAt)
    {
        var progress = Replicating(match: 11, window: 4);
        progress.OnSent(new LogIndex(15), bytes: 1);

        Assert.False(progress.OnRejected(new LogIndex(rejected), new LogIndex(retryAt)));

        Assert.Equal(ReplicationMode.Replicate, progress.Mode);
        Assert.Equal(1, progress.Inflight);
    }

    [Theory]
    [InlineData(11, 7, true)]
    [InlineData(11, 6, false)]
    [InlineData(12, 7, false)]
    public void A_follower_that_lacks_what_it_acknowledged_before_the_message_was_sent_has_forgotten_it(
        long lacked, long round, bool hasForgotten)
    {
        var progress = new Progress(new LogIndex(10), window: 4, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnAccepted(new LogIndex(11), newestRound: 6);

        Assert.Equal(hasForgotten, progress.HasForgotten(new LogIndex(lacked), round));
    }

    [Fact]
    public void A_late_acceptance_moves_nothing_back()
    {
        var progress = Replicating(match: 11, window: 4);
        progress.OnSent(new LogIndex(15), bytes: 1);

        progress.OnAccepted(new LogIndex(3), newestRound: 0);

        Assert.Equal(new LogIndex(11), progress.Match);
        Assert.Equal(new LogIndex(16), progress.Next);
        Assert.Equal(1, progress.Inflight);
    }

    [Fact]
    public void Read_rounds_only_rise()
    {
        var progress = new Progress(LogIndex.Zero, window: 1, windowBytes: long.MaxValue, TimeSpan.Zero);

        progress.OnRound(7, TimeSpan.Zero);
        progress.OnRound(3, TimeSpan.Zero);

        Assert.Equal(7, progress.Round);
    }

    private static Progress Replicating(long match, int window)
    {
        var progress = new Progress(new LogIndex(match), window, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnAccepted(new LogIndex(match), newestRound: 0);
        return progress;
    }
}
