using CsCheck;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

/// <summary>A read is answered when a majority has confirmed a round that started after it arrived (Raft §8).</summary>
public sealed class PendingReadsTests
{
    private readonly RecordingRef _ann = new("ann");
    private readonly RecordingRef _bob = new("bob");
    private long _round;

    [Fact]
    public void A_round_is_due_when_reads_wait_and_none_is_under_way()
    {
        var reads = new PendingReads(capacity: 10);
        Assert.False(reads.IsRoundDue);

        Add(reads, 1);
        Assert.True(reads.IsRoundDue);
        BeginRound(reads);
        Assert.False(reads.IsRoundDue);

        Add(reads, 2);
        Assert.False(reads.IsRoundDue);
        Assert.Equal([1L], Confirmed(reads, 1));
        Assert.True(reads.IsRoundDue);
    }

    [Fact]
    public void A_reply_to_an_older_round_confirms_nothing()
    {
        var reads = new PendingReads(capacity: 10);
        Add(reads, 1);
        BeginRound(reads);
        Assert.Empty(Confirmed(reads, 0));

        Assert.Equal([1L], Confirmed(reads, 1));
        Add(reads, 2);
        BeginRound(reads);

        Assert.Empty(Confirmed(reads, 1));
        Assert.Equal([2L], Confirmed(reads, 2));
    }

    [Fact]
    public void A_read_that_came_during_a_round_waits_for_the_next_one()
    {
        var reads = new PendingReads(capacity: 10);
        Add(reads, 1);
        BeginRound(reads);
        Add(reads, 2);

        Assert.Equal([1L], Confirmed(reads, long.MaxValue));
        Assert.Empty(Confirmed(reads, long.MaxValue));
        BeginRound(reads);
        Assert.Equal([2L], Confirmed(reads, 2));
    }

    [Fact]
    public void Confirmed_reads_are_grouped_by_client_in_the_order_they_came()
    {
        var reads = new PendingReads(capacity: 10);
        Assert.True(reads.TryAdd(_ann, Query(1)));
        Assert.True(reads.TryAdd(_bob, Query(1)));
        Assert.True(reads.TryAdd(_ann, Query(2)));
        BeginRound(reads);

        var groups = reads.DrainConfirmed(1)!.Queries.ToArray();

        Assert.Equal([_ann, _bob], groups.Select(g => g.Key));
        Assert.Equal([1L, 2], groups[0].Select(q => q.RequestId));
        Assert.Equal([1L], groups[1].Select(q => q.RequestId));
    }

    [Fact]
    public void The_limit_counts_reads_that_wait_and_those_in_a_round()
    {
        var reads = new PendingReads(capacity: 2);
        Add(reads, 1);
        BeginRound(reads);
        Add(reads, 2);

        Assert.False(reads.TryAdd(_ann, Query(3)));
        Assert.Equal([1L], Confirmed(reads, 1));
        Assert.True(reads.TryAdd(_ann, Query(3)));
        Assert.False(reads.TryAdd(_ann, Query(4)));
    }

    [Fact]
    public void All_queries_are_those_in_a_round_and_those_that_wait()
    {
        var reads = new PendingReads(capacity: 10);
        Add(reads, 1);
        BeginRound(reads);
        Add(reads, 2);

        Assert.Equal([1L, 2], reads.Queries.Select(r => r.Query.RequestId));
    }

    /// <summary>A later commit index may be above those of the followers, which would then wait for it.</summary>
    [Fact]
    public void A_followers_request_is_confirmed_with_what_was_committed_when_its_round_began()
    {
        var reads = new PendingReads(capacity: 10);
        reads.Add(Request("n2", 7));
        Assert.True(reads.IsRoundDue);
        reads.BeginRound(++_round, new LogIndex(12));
        reads.Add(Request("n3", 8));

        var confirmed = reads.DrainConfirmed(1)!;

        Assert.Equal(new LogIndex(12), confirmed.Index);
        Assert.Equal([KeyValuePair.Create(new NodeId("n2"), 7L)], confirmed.Requests);
        Assert.True(reads.IsRoundDue);
    }

    [Fact]
    public void A_follower_has_one_request_at_a_time_and_the_newest_counts()
    {
        var reads = new PendingReads(capacity: 1);
        foreach (var id in new long[] { 7, 7, 8 }) reads.Add(Request("n2", id));
        BeginRound(reads);

        Assert.Equal(8, Assert.Single(reads.DrainConfirmed(1)!.Requests).Value);
    }

    [Fact]
    public void A_confirmed_answer_enumerated_late_or_twice_stays_the_same()
    {
        var reads = new PendingReads(capacity: 10);
        Add(reads, 1);
        BeginRound(reads);

        var confirmed = reads.DrainConfirmed(1)!.Queries;
        Add(reads, 2);
        BeginRound(reads);

        Assert.Equal(1, Assert.Single(Assert.Single(confirmed)).RequestId);
        Assert.Equal(1, Assert.Single(Assert.Single(confirmed)).RequestId);
    }

    /// <summary>Numbers: 0 starts a round if one is due, 1 confirms the newest, 2 an older one; others add a query.</summary>
    [Fact]
    public void Every_read_is_taken_once_and_only_by_a_round_that_began_after_it_came() =>
        Gen.Int[0, 5].Array[0, 40].Sample(happenings =>
        {
            _round = 0;
            var reads = new PendingReads(capacity: 8);
            var asked = new Dictionary<long, long>();
            var taken = new List<long>();
            foreach (var happening in happenings)
            {
                if (happening == 0 && reads.IsRoundDue) BeginRound(reads);
                if (happening is 1 or 2)
                {
                    var confirmed = Confirmed(reads, _round + 1 - happening);
                    Assert.All(confirmed, id => Assert.True(happening == 1 && asked[id] < _round));
                    taken.AddRange(confirmed);
                }

                if (happening > 2 && reads.TryAdd(_ann, Query(asked.Count))) asked.Add(asked.Count, _round);
                Assert.InRange(asked.Count - taken.Count, 0, 8);
            }

            taken.AddRange(reads.Queries.Select(r => r.Query.RequestId));
            Assert.Equal(asked.Keys, taken);
        }, iter: 500, threads: 1);

    private void Add(PendingReads reads, long requestId) => Assert.True(reads.TryAdd(_ann, Query(requestId)));

    private static long[] Confirmed(PendingReads reads, long round) =>
        [.. reads.DrainConfirmed(round)?.Queries.SelectMany(group => group).Select(q => q.RequestId) ?? []];

    private static RequestReadIndex Request(string follower, long readId) =>
        new(new ClusterId("c"), new NodeId(follower), new Term(1), readId);

    private void BeginRound(PendingReads reads) => reads.BeginRound(++_round, LogIndex.Zero);

    private static Query Query(long requestId) => new(requestId, default);
}
