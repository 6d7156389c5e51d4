using CsCheck;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Replication;

/// <summary>Invariants of a follower's progress after any sequence of messages, valid or not.</summary>
public sealed class ProgressProperties
{
    private const int LastIndex = 12;
    private const int Window = 3;

    private static readonly Gen<Happening> GenHappening = Gen.OneOf(
        Gen.Int[1, 3].Select(count => (Happening)new Sent(count)),
        Gen.Int[0, LastIndex].Select(match => (Happening)new Accepted(match)),
        Gen.Select(Gen.Int[0, LastIndex], Gen.Int[0, LastIndex + 2]).Select((at, hint) => (Happening)new Rejected(at, hint)));

    [Fact]
    public void Match_never_decreases() => Holds((before, after) => after.Match >= before.Match);

    [Fact]
    public void The_next_entry_to_send_is_always_above_the_match() => Holds((_, after) => after.Next > after.Match);

    [Fact]
    public void The_next_entry_to_send_is_never_beyond_the_end_of_the_log() =>
        Holds((_, after) => after.Next <= new LogIndex(LastIndex + 1));

    [Fact]
    public void Appends_in_flight_stay_within_the_window_and_a_probe_has_none() =>
        Holds((_, after) => after.Inflight <= (after.Mode == ReplicationMode.Probe ? 0 : Window));

    [Fact]
    public void With_nothing_in_flight_the_pipeline_can_send_and_a_full_window_waits() =>
        Holds((_, after) => after.Mode == ReplicationMode.Probe
            || (after.Inflight > 0 || after.CanSend) && (after.Inflight < Window || !after.CanSend));

    [Fact]
    public void An_entry_below_the_match_is_never_sent_again() =>
        Gen.Select(Histories.GenPair, Gen.Int[1, 4]).Sample((pair, maxEntries) =>
        {
            var log = Logs.Of([.. pair.Leader, 99]);
            var leader = new PureLeader(log, new LogIndex(pair.Leader.Length), Window, maxEntries);
            var follower = new PureFollower(Logs.Of(pair.Follower));
            for (var round = 0; leader.Progress.Match < log.LastIndex && round < 100; round++)
            {
                var messages = leader.Send();
                Assert.All(messages, m => Assert.True(m.PreviousIndex >= leader.Progress.Match));
                foreach (var message in messages) leader.Receive(follower.Receive(message));
            }

            Assert.Equal(log.LastIndex, leader.Progress.Match);
        });

    /// <summary>
    /// Messages are lost; a heartbeat interval later an empty append finds the gap. In the end the follower has everything.
    /// </summary>
    [Fact]
    public void A_follower_catches_up_over_a_network_that_loses_messages() =>
        Gen.Select(Histories.GenPair, Gen.Bool.Array[60]).Sample((pair, lost) =>
        {
            var log = Logs.Of([.. pair.Leader, 99]);
            var leader = new PureLeader(log, new LogIndex(pair.Leader.Length), Window, maxEntries: 1);
            var follower = new PureFollower(Logs.Of(pair.Follower));
            var sent = 0;
            for (var interval = 0; leader.Progress.Match < log.LastIndex; interval++)
            {
                Assert.InRange(interval, 0, 200);
                var messages = leader.Send();
                if (messages.Count == 0) messages = [PureLeader.Message(log, leader.Progress.Next.Previous(), count: 0)];
                foreach (var message in messages)
                {
                    if (sent < lost.Length && lost[sent++]) continue;
                    leader.Receive(follower.Receive(message));
                }
            }

            Assert.Equal(Logs.TermsOf(log), Logs.TermsOf(follower.Log));
        });

    private static void Holds(Func<State, State, bool> property) =>
        GenHappening.Array[0, 30].Sample(happenings =>
        {
            var progress = new Progress(new LogIndex(LastIndex - 2), Window, windowBytes: long.MaxValue, TimeSpan.Zero);
            foreach (var happening in happenings)
            {
                var before = State.Of(progress);
                happening.Do(progress);
                Assert.True(property(before, State.Of(progress)), $"{before}, {happening}: {State.Of(progress)}");
            }
        }, iter: 500);

    private sealed record State(ReplicationMode Mode, LogIndex Next, LogIndex Match, int Inflight, bool CanSend)
    {
        public static State Of(Progress p) => new(p.Mode, p.Next, p.Match, p.Inflight, p.CanSend);
    }

    private abstract record Happening
    {
        public abstract void Do(Progress progress);
    }

    private sealed record Sent(int Count) : Happening
    {
        public override void Do(Progress progress)
        {
            if (!progress.CanSend || progress.Next > new LogIndex(LastIndex)) return;
            progress.OnSent(LogIndex.Min(progress.Next + (Count - 1), new LogIndex(LastIndex)), bytes: 1);
        }
    }

    private sealed record Accepted(int Match) : Happening
    {
        public override void Do(Progress progress) => progress.OnAccepted(new LogIndex(Match), newestRound: 0);
    }

    private sealed record Rejected(int At, int Hint) : Happening
    {
        public override void Do(Progress progress)
        {
            var before = State.Of(progress);
            var isNews = progress.OnRejected(new LogIndex(At), new LogIndex(Hint));
            if (!isNews) Assert.Equal(before, State.Of(progress));
            else Assert.True(progress.Next <= new LogIndex(At), $"{before}, {this}: {State.Of(progress)}");
        }
    }
}
