using CsCheck;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

/// <summary>RPCs that no correct peer sends are refused before they touch any state.</summary>
public sealed class RpcGuardTests
{
    private static readonly ClusterId Cluster = new("c");
    private static readonly NodeId N1 = new("n1");
    private static readonly Term Current = new(5);

    private static readonly AppendEntries Append = new(
        Cluster, N1, Current, new LogIndex(2), new Term(1), Logs.Entries(after: 2, 1, 3, 5), new LogIndex(2), Round: 4);

    private static readonly RequestVote Vote = new(Cluster, N1, Current, new LogIndex(2), new Term(4));
    private static readonly AppendAccepted Accepted = new(Cluster, N1, Current, new LogIndex(2), Round: 4);

    private static readonly AppendRejected Rejected =
        new(Cluster, N1, Current, new LogIndex(2), new Term(1), new LogIndex(1), Round: 4);

    [Fact]
    public void What_a_working_peer_sends_is_accepted() =>
        Assert.All(
            new RaftRpc[]
            {
                Append,
                Append with { Entries = [] },
                Append with { PreviousIndex = LogIndex.Zero, PreviousTerm = Term.Zero, Entries = Logs.Entries(0, 1) },
                Append with { Term = new Term(1), PreviousTerm = new Term(1), Entries = [] },
                Vote,
                Vote with { LastLogIndex = LogIndex.Zero, LastLogTerm = Term.Zero },
                Accepted,
                Accepted with { MatchIndex = LogIndex.Zero, Round = 0 },
                Rejected,
                Rejected with { ConflictTerm = null },
                new VoteGranted(Cluster, N1, Current),
                new VoteDenied(Cluster, N1, Current, VoteDenial.AlreadyVoted),
                new AppendOutdated(Cluster, N1, new Term(6)),
            },
            rpc => Assert.Null(RpcGuard.Problem(rpc, Current)));

    [Fact]
    public void A_negative_term_is_refused_in_every_RPC() =>
        Assert.All(
            new RaftRpc[] { Append, Vote, Accepted, Rejected, new VoteGranted(Cluster, N1, Current) },
            rpc => Assert.Equal("term -1 is negative", RpcGuard.Problem(rpc with { Term = new Term(-1) }, Current)));

    /// <summary>A term of 2^62 would leave no terms for elections.</summary>
    [Fact]
    public void A_term_may_not_jump_further_than_any_working_cluster_could()
    {
        var farthest = new Term(Current.Value + Term.MaxAdvance);

        Assert.Null(RpcGuard.Problem(Vote with { Term = farthest }, Current));
        Assert.Contains(
            "is implausibly far ahead of term 5",
            RpcGuard.Problem(Vote with { Term = farthest.Next() }, Current),
            StringComparison.Ordinal);
        Assert.NotNull(RpcGuard.Problem(Vote with { Term = new Term(long.MaxValue) }, Current));
        Assert.NotNull(RpcGuard.Problem(Vote with { Term = new Term(long.MaxValue) }, Term.Zero));
    }

    [Fact]
    public void An_index_is_neither_negative_nor_absurd() =>
        Assert.All([new LogIndex(-1), LogIndex.Limit.Next(), new LogIndex(long.MinValue)], bad => Assert.All(
            new RaftRpc[]
            {
                Append with { PreviousIndex = bad, Entries = [] },
                Append with { LeaderCommit = bad },
                Vote with { LastLogIndex = bad },
                Accepted with { MatchIndex = bad },
                Rejected with { RejectedIndex = bad },
                Rejected with { ConflictIndex = bad },
            },
            rpc => Assert.StartsWith($"index {bad} is ", RpcGuard.Problem(rpc, Current), StringComparison.Ordinal)));

    [Fact]
    public void A_round_is_not_negative() =>
        Assert.All(
            new RaftRpc[] { Append with { Round = -1 }, Accepted with { Round = -1 }, Rejected with { Round = -1 } },
            rpc => Assert.Equal("round -1 is negative", RpcGuard.Problem(rpc, Current)));

    [Fact]
    public void A_log_has_no_entries_of_terms_that_have_not_begun() =>
        Assert.All([new Term(-1), new Term(6)], bad => Assert.All(
            new RaftRpc[] { Append with { PreviousTerm = bad, Entries = [] }, Vote with { LastLogTerm = bad } },
            rpc => Assert.Equal($"a log of term {bad} can't be sent in term 5", RpcGuard.Problem(rpc, Current))));

    /// <summary>A follower's term at the rejected index is a term of its log, which is not ahead of its current term.</summary>
    [Fact]
    public void A_rejection_names_no_term_that_the_followers_log_cannot_have() =>
        Assert.All([new Term(-1), new Term(6)], bad =>
            Assert.NotNull(RpcGuard.Problem(Rejected with { ConflictTerm = bad }, Current)));

    [Theory]
    [InlineData(4, 1, "entry 4 does not follow index 2")]
    [InlineData(2, 1, "entry 2 does not follow index 2")]
    [InlineData(-3, 1, "entry -3 does not follow index 2")]
    [InlineData(3, 0, "entry 3 has the invalid term 0")]
    [InlineData(3, 6, "entry 3 has the invalid term 6")]
    public void Entries_follow_the_previous_one_with_terms_that_never_decrease_nor_exceed_the_leaders(
        long index, long term, string problem) =>
        Assert.Equal(problem, RpcGuard.Problem(Append with { Entries = [Logs.Entry(index, term)] }, Current));

    [Fact]
    public void Entries_follow_each_other()
    {
        Assert.Equal(
            "entry 5 does not follow index 3",
            RpcGuard.Problem(Append with { Entries = [Logs.Entry(3, 1), Logs.Entry(5, 1)] }, Current));
        Assert.Equal(
            "entry 4 has the invalid term 2",
            RpcGuard.Problem(Append with { Entries = [Logs.Entry(3, 3), Logs.Entry(4, 2)] }, Current));
    }

    [Fact]
    public void An_entry_is_of_a_known_kind()
    {
        var unknown = Logs.Entry(3, 1) with { Kind = (EntryKind)99 };

        Assert.Equal("entry 3 is of the unknown kind 99", RpcGuard.Problem(Append with { Entries = [unknown] }, Current));
    }

    [Fact]
    public void Log_time_does_not_go_back_from_entry_to_entry()
    {
        var later = Logs.Entry(3, 1) with { Time = TimeSpan.FromSeconds(2) };
        var earlier = Logs.Entry(4, 1) with { Time = TimeSpan.FromSeconds(1) };

        Assert.Equal(
            "entry 4 has time 00:00:01, but the entry before it has 00:00:02",
            RpcGuard.Problem(Append with { Entries = [later, earlier] }, Current));
        Assert.Null(RpcGuard.Problem(Append with { Entries = [later, earlier with { Time = later.Time }] }, Current));
    }

    [Fact]
    public void A_commands_origin_makes_sense()
    {
        var senseless = Logs.Entry(3, 1) with { Origin = new SessionCommand(new SessionId(1), 2, 2) };

        Assert.Equal(
            "entry 3 has an invalid origin: sequence 2 is not above the acknowledged 2",
            RpcGuard.Problem(Append with { Entries = [senseless] }, Current));
    }

    [Fact]
    public void Whatever_passes_the_guard_can_be_appended_by_a_follower_that_has_the_previous_entry() =>
        Gen.Select(Gen.Select(Gen.Long[0, 6], Gen.Long[0, 6]).Array[0, 4], Logs.GenTerms).Sample((entries, own) =>
        {
            var log = Logs.Of(own);
            var message = Append with
            {
                Term = new Term(99),
                PreviousIndex = log.LastIndex,
                PreviousTerm = log.LastTerm,
                Entries = [.. entries.Select(e => Logs.Entry(own.Length + e.Item1, log.LastTerm.Value - 2 + e.Item2))],
            };
            var problem = RpcGuard.Problem(message, Current);
            var failure = Record.Exception(() => new PureFollower(log).Receive(message));
            if (problem is null) Assert.Null(failure);
        }, iter: 500);

    [Fact]
    public void Whatever_a_leader_makes_of_its_log_passes_the_guard() =>
        Gen.Select(Logs.GenTerms, Gen.Int[0, 12], Gen.Int[0, 5]).Where((terms, _, _) => terms.Length > 0)
            .Sample((terms, previous, count) =>
            {
                var log = Logs.Of(terms);
                var from = LogIndex.Min(new LogIndex(previous), log.LastIndex);
                Assert.Null(RpcGuard.Problem(PureLeader.Message(log, from, count), Term.Zero));
            });
}
