using CsCheck;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Log;

/// <summary>Properties of replication over logs alone: Log Matching and Leader Append-Only (Raft §5.3, Figure 3).</summary>
public sealed class LogMatchingTests
{
    /// <summary>Where a message starts and how many entries it has; both are limited to the leader's log.</summary>
    private static readonly Gen<(int Previous, int Count)[]> GenDeliveries =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 6]).Array[0, 25];

    [Fact]
    public void A_random_past_leaves_logs_that_obey_Log_Matching() =>
        Histories.GenPair.Sample((leader, follower) => Assert.True(Histories.Match(leader, follower)), iter: 500);

    [Fact]
    public void A_new_leader_makes_any_followers_log_equal_to_its_own__5_3() =>
        Gen.Select(Histories.GenPair, Gen.Int[1, 4], Gen.Int[1, 4]).Sample((pair, window, maxEntries) =>
        {
            var log = Logs.Of(pair.Leader);
            var leader = new PureLeader(log, electedAt: log.LastIndex, window, maxEntries);
            var follower = new PureFollower(Logs.Of(pair.Follower));
            log.Append([Logs.Entry(pair.Leader.Length + 1, NewTerm(pair))]);

            leader.ReplicateTo(follower);

            Assert.Equal(Logs.EntriesOf(log), Logs.EntriesOf(follower.Log));
        }, iter: 500);

    [Fact]
    public void The_search_takes_at_most_one_step_for_each_term_that_contradicts_and_one_for_a_short_log__5_3() =>
        Histories.GenPair.Sample((initial, follower) =>
        {
            var log = Logs.Of(initial);
            var leader = new PureLeader(log, electedAt: log.LastIndex);
            log.Append([Logs.Entry(initial.Length + 1, NewTerm((initial, follower)))]);

            leader.ReplicateTo(new PureFollower(Logs.Of(follower)));

            var contradicting = follower.Skip(Histories.Common(initial, follower)).Distinct().Count();
            Assert.InRange(leader.Rejections, 0, contradicting + 1);
        }, iter: 500);

    [Fact]
    public void Messages_in_any_order_lost_or_doubled_never_break_Log_Matching__5_3() =>
        Gen.Select(Histories.GenPair, GenDeliveries).Sample((pair, deliveries) =>
        {
            var log = Logs.Of([.. pair.Leader, NewTerm(pair)]);
            var follower = new PureFollower(Logs.Of(pair.Follower));
            foreach (var (previous, count) in deliveries)
            {
                follower.Receive(PureLeader.Message(log, Cut(previous, log.LastIndex), count));
                Assert.True(Histories.Match(Logs.TermsOf(log), Logs.TermsOf(follower.Log)));
            }
        }, iter: 500);

    /// <summary>Hazard 9: acknowledged entries may be committed, so a late message must not remove them.</summary>
    [Fact]
    public void What_a_follower_acknowledged_stays_whatever_comes_late_from_the_same_leader__5_3() =>
        Gen.Select(Histories.GenPair, GenDeliveries).Sample((pair, deliveries) =>
        {
            var log = Logs.Of([.. pair.Leader, NewTerm(pair)]);
            var follower = new PureFollower(Logs.Of(pair.Follower));
            var acknowledged = 0L;
            foreach (var (previous, count) in deliveries)
            {
                var reply = follower.Receive(PureLeader.Message(log, Cut(previous, log.LastIndex), count));
                if (reply is AppendAccepted accepted) acknowledged = Math.Max(acknowledged, accepted.MatchIndex.Value);
                Assert.InRange(Histories.Common(Logs.TermsOf(log), Logs.TermsOf(follower.Log)), acknowledged, long.MaxValue);
            }
        }, iter: 500);

    [Fact]
    public void Comparing_changes_nothing_and_after_its_advice_is_taken_nothing_is_left_to_do() =>
        Gen.Select(Histories.GenPair, Gen.Int[0, 20], Gen.Int[0, 20]).Sample((pair, previous, count) =>
        {
            var common = new LogIndex(Histories.Common(pair.Leader, pair.Follower));
            var message = PureLeader.Message(Logs.Of(pair.Leader), Cut(previous, common), count);
            var follower = new PureFollower(Logs.Of(pair.Follower));

            var first = follower.Log.Compare(message.Entries);
            var second = follower.Log.Compare(message.Entries);
            Assert.Equal(first.TruncateFrom, second.TruncateFrom);
            Assert.Equal(first.Missing, second.Missing);
            Assert.Equal(pair.Follower, Logs.TermsOf(follower.Log));

            Assert.IsType<AppendAccepted>(follower.Receive(message));
            Assert.Same(Raft.Actors.Log.LogDifference.None, follower.Log.Compare(message.Entries));
        }, iter: 500);

    private static LogIndex Cut(int index, LogIndex last) => LogIndex.Min(new LogIndex(index), last);

    private static long NewTerm((long[] Leader, long[] Follower) pair) =>
        pair.Leader.Concat(pair.Follower).DefaultIfEmpty().Max() + 1;
}
