using CsCheck;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;
using Raft.Actors.Tests.Configuration;
using Raft.Actors.Tests.Fixtures;
using Raft.Actors.Tests.Serialization;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

public sealed class LeaderStateTests
{
    private static readonly NodeId[] FourFollowers = [new("n2"), new("n3"), new("n4"), new("n5")];

    private static readonly RaftSettings Settings = TestSettings.With("""
        raft { max-pending-proposals = 3, max-command-bytes = 100, max-pending-bytes = 250, max-append-bytes = 5KiB }
        """);

    private static readonly RaftSettings Roomy = TestSettings.With("""
        raft { max-pending-proposals = 1000, max-command-bytes = 100, max-append-bytes = 5KiB }
        """);

    private static readonly LeaderTelemetry Telemetry =
        new(new NodeTelemetry(new NodeScope(new GroupId("default"), RaftMember.Parse("n1=127.0.0.1:4053")), new StandingClock()));

    private readonly RecordingRef _self = new("self");
    private readonly RecordingRef _ann = new("ann");
    private readonly RecordingRef _bob = new("bob");

    [Fact]
    public void A_new_leader_expects_its_no_op_after_its_last_entry_and_knows_no_follower_yet__Figure_2()
    {
        var leader = Leader(lastIndex: 10);

        Assert.Equal(new LogIndex(11), leader.FirstIndexOfTerm);
        Assert.Equal(FourFollowers, leader.Followers.Keys);
        Assert.All(leader.Followers.Values, p => Assert.Equal((11, 0), (p.Next.Value, p.Match.Value)));
    }

    [Fact]
    public void Proposals_are_refused_at_the_limit_of_their_number()
    {
        var leader = Leader();

        Assert.All([1L, 2, 3], id => Assert.True(leader.TryEnqueue(Proposal(id), _ann)));

        Assert.False(leader.TryEnqueue(Proposal(4), _ann));
    }

    [Fact]
    public void Proposals_are_refused_at_the_limit_of_their_bytes()
    {
        var leader = Leader();

        Assert.True(leader.TryEnqueue(Proposal(1, bytes: 100), _ann));
        Assert.True(leader.TryEnqueue(Proposal(2, bytes: 100), _ann));
        Assert.False(leader.TryEnqueue(Proposal(3, bytes: 51), _ann));
        Assert.True(leader.TryEnqueue(Proposal(4, bytes: 50), _ann));
    }

    [Fact]
    public void A_refused_proposal_is_forgotten()
    {
        var leader = Leader();
        foreach (var id in new long[] { 1, 2, 3, 4 }) leader.TryEnqueue(Proposal(id), _ann);

        leader.DrainBatch(LogIndex.Zero, TimeSpan.Zero);
        var waiting = leader.DrainCommitted(new LogIndex(99));

        Assert.Equal([1L, 2, 3], waiting.Select(w => w.RequestId));
    }

    [Fact]
    public void Gathered_proposals_become_entries_of_the_leaders_term_in_their_order()
    {
        var leader = Leader();
        leader.TryEnqueue(Proposal(1, bytes: 5), _ann);
        leader.TryEnqueue(Proposal(2, bytes: 6), _bob);

        var entries = leader.DrainBatch(new LogIndex(11), TimeSpan.Zero);

        Assert.Equal([12L, 13], entries.Select(e => e.Index.Value));
        Assert.Equal([5, 6], entries.Select(e => e.Command.Length));
        Assert.All(entries, e => Assert.Equal((leader.Term, EntryKind.Command), (e.Term, e.Kind)));
        Assert.Empty(leader.DrainBatch(new LogIndex(13), TimeSpan.Zero));
    }

    [Fact]
    public void A_batch_has_as_many_entries_and_bytes_as_one_append_carries()
    {
        var leader = Leader(lastIndex: 0, Roomy);
        for (var i = 0; i < 100; i++) leader.TryEnqueue(Proposal(i, bytes: 500), _ann);

        var sizes = new List<long>();
        for (var last = LogIndex.Zero; leader.PendingProposals > 0;)
        {
            var batch = leader.DrainBatch(last, TimeSpan.Zero);
            sizes.Add(batch.EncodedBytes);
            Assert.InRange(batch.Count, 1, Roomy.MaxAppendEntries);
            last += batch.Count;
        }

        Assert.All(sizes, bytes => Assert.InRange(bytes, 1, Roomy.MaxAppendBytes));
        Assert.InRange(sizes.Count, 2, 1 + (int)(2 * sizes.Sum() / Roomy.MaxAppendBytes));
    }

    /// <summary>Hazard 20: a reply that goes to the client of another entry.</summary>
    [Fact]
    public void Committed_entries_take_with_them_the_clients_that_wait_for_them_and_no_other()
    {
        var leader = Leader();
        leader.TryEnqueue(Proposal(1), _ann);
        leader.TryEnqueue(Proposal(1), _bob);
        leader.TryEnqueue(Proposal(2), _ann);
        leader.DrainBatch(new LogIndex(11), TimeSpan.Zero);

        Assert.Empty(leader.DrainCommitted(new LogIndex(11)));
        Assert.Equal(
            [(12L, _ann, 1L), (13, _bob, 1)],
            leader.DrainCommitted(new LogIndex(13)).Select(w => (w.Index.Value, (RecordingRef)w.Client, w.RequestId)));
        Assert.Equal(
            [(14L, _ann, 2L)],
            leader.DrainCommitted(new LogIndex(20)).Select(w => (w.Index.Value, (RecordingRef)w.Client, w.RequestId)));
    }

    [Fact]
    public void Room_comes_back_when_entries_are_applied_and_not_when_they_are_only_appended_or_committed()
    {
        var leader = Leader();
        foreach (var id in new long[] { 1, 2, 3 }) leader.TryEnqueue(Proposal(id, bytes: 80), _ann);

        leader.DrainBatch(new LogIndex(11), TimeSpan.Zero);
        Assert.False(leader.TryEnqueue(Proposal(4), _ann));
        leader.DrainCommitted(new LogIndex(14));
        Assert.False(leader.TryEnqueue(Proposal(4), _ann));

        leader.OnApplied(new LogIndex(11));
        Assert.False(leader.TryEnqueue(Proposal(4), _ann));
        leader.OnApplied(new LogIndex(12));
        Assert.True(leader.TryEnqueue(Proposal(4, bytes: 90), _ann));
        Assert.False(leader.TryEnqueue(Proposal(5), _ann));

        leader.OnApplied(new LogIndex(14));
        Assert.True(leader.TryEnqueue(Proposal(5, bytes: 100), _ann));
        Assert.False(leader.TryEnqueue(Proposal(6, bytes: 100), _ann));
        Assert.True(leader.TryEnqueue(Proposal(6, bytes: 60), _ann));
    }

    /// <summary>Hazard 11.</summary>
    [Theory]
    [InlineData(20, "0 0 0 0", 0)]
    [InlineData(20, "20 0 0 0", 0)]
    [InlineData(20, "20 15 0 0", 15)]
    [InlineData(20, "20 15 12 0", 15)]
    [InlineData(20, "20 20 20 20", 20)]
    [InlineData(0, "20 15 12 0", 12)]
    public void The_commit_index_is_what_a_majority_of_all_voters_has_on_disk__5_3(long own, string matches, long expected)
    {
        var leader = Leader();
        foreach (var (follower, match) in FourFollowers.Zip(matches.Split(' ')))
            leader.Followers[follower].OnAccepted(new LogIndex(long.Parse(match)), newestRound: 0);

        Assert.Equal(new LogIndex(expected), leader.MajorityMatch(new LogIndex(own)));
    }

    [Theory]
    [InlineData("0 0 0 0", 0)]
    [InlineData("3 0 0 0", 0)]
    [InlineData("3 2 0 0", 2)]
    [InlineData("3 3 3 1", 3)]
    public void A_read_round_is_confirmed_by_the_leader_and_half_of_the_followers(string rounds, long expected)
    {
        var leader = Leader();
        foreach (var (follower, round) in FourFollowers.Zip(rounds.Split(' ')))
            leader.Followers[follower].OnRound(long.Parse(round), TimeSpan.Zero);

        Assert.Equal(expected, leader.MajorityRound());
    }

    [Fact]
    public void A_leader_alone_is_its_own_majority()
    {
        var leader = new LeaderState(new Term(7), [], new LogIndex(10), inheritedBytes: 0, Settings, TimeSpan.Zero)
        {
            Telemetry = Telemetry,
        };

        Assert.Equal(new LogIndex(9), leader.MajorityMatch(new LogIndex(9)));
        Assert.Equal(long.MaxValue, leader.MajorityRound());
    }

    [Fact]
    public void At_the_end_each_waiting_client_gets_the_outcome_of_its_request()
    {
        var leader = Leader();
        foreach (var id in new long[] { 1, 2 }) leader.TryEnqueue(Proposal(id), _ann);
        leader.DrainBatch(new LogIndex(11), TimeSpan.Zero);
        leader.DrainCommitted(new LogIndex(12));
        leader.TryEnqueue(Proposal(3), _ann);
        leader.Reads.TryAdd(_ann, new Query(4, default));
        leader.Reads.BeginRound(1, LogIndex.Zero);
        leader.Reads.TryAdd(_bob, new Query(1, default));

        leader.AnswerAll(_self, Leaving.Role);

        Assert.Equal(
            [new NotLeader(3), new NotLeader(4)],
            _ann.Replies.OfType<NotLeader>());
        var unknown = Assert.Single(_ann.Replies.OfType<OutcomeUnknown>());
        Assert.Equal(2, unknown.RequestId);
        Assert.Contains("term 7", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("entry 13", unknown.Reason, StringComparison.Ordinal);
        Assert.Equal([new NotLeader(1)], _bob.Replies);
        Assert.All(_ann.Messages, m => Assert.Same(_self, m.Sender));
    }

    /// <summary>The state machine that would have answered stops with the node.</summary>
    [Fact]
    public void When_the_node_stops_the_client_of_a_committed_command_is_answered_too()
    {
        var leader = Leader();
        foreach (var id in new long[] { 1, 2 }) leader.TryEnqueue(Proposal(id), _ann);
        leader.DrainBatch(new LogIndex(11), TimeSpan.Zero);
        leader.DrainCommitted(new LogIndex(13));
        leader.OnApplied(new LogIndex(12));

        leader.AnswerAll(_self, Leaving.Node);

        var unknown = Assert.IsType<OutcomeUnknown>(Assert.Single(_ann.Replies));
        Assert.Equal(2, unknown.RequestId);
        Assert.Contains("entry 13 is committed", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_waits_for_nothing_gets_no_message()
    {
        Leader().AnswerAll(_self, Leaving.Role);

        Assert.Empty(_ann.Messages);
    }

    [Fact]
    public void However_many_wait_each_is_answered_once_in_messages_that_can_be_sent() =>
        Gen.Select(Gen.Int[0, 150], Gen.Int[0, 150], Gen.Int[0, 150], Gen.Int[0, 150]).Sample(
            (gathered, appended, committed, queries) =>
            {
                var (ann, leader) = (new RecordingRef("ann"), Leader(lastIndex: 0, Roomy));
                var id = 0L;
                for (var i = 0; i < committed + appended; i++) leader.TryEnqueue(Proposal(id++, bytes: 0), ann);
                for (var last = LogIndex.Zero; leader.PendingProposals > 0;)
                    last += leader.DrainBatch(last, TimeSpan.Zero).Count;
                var byStateMachine = leader.DrainCommitted(new LogIndex(committed)).Select(w => w.RequestId);
                for (var i = 0; i < gathered; i++) leader.TryEnqueue(Proposal(id++, bytes: 0), ann);
                for (var i = 0; i < queries; i++) leader.Reads.TryAdd(ann, new Query(id++, default));

                leader.AnswerAll(new RecordingRef("self"), Leaving.Role);

                Assert.Equal(
                    Enumerable.Range(0, (int)id).Select(i => (long)i),
                    ann.Replies.Select(r => r.RequestId).Concat(byStateMachine).Order());
                Assert.Equal(appended, ann.Replies.OfType<OutcomeUnknown>().Count());
                Assert.Equal(gathered + queries, ann.Replies.OfType<NotLeader>().Count());
                Assert.All(ann.Messages, m => Assert.InRange(Bytes.Of(m.Replies).Length, 1, Settings.MaxAppendBytes));
            },
            iter: 30);

    private static LeaderState Leader(long lastIndex = 10) => Leader(lastIndex, Settings);

    private static LeaderState Leader(long lastIndex, RaftSettings settings) =>
        new(new Term(7), FourFollowers, new LogIndex(lastIndex), inheritedBytes: 0, settings, TimeSpan.Zero)
        {
            Telemetry = Telemetry,
        };

    private static Proposal Proposal(long requestId, int bytes = 1) => new(requestId, new byte[bytes]);
}
