using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Reads that trust clocks (dissertation §6.4.1; hazards 12 and 13).</summary>
public sealed class LeaseReadTests : RaftScenario
{
    /// <summary>The lease is 500 ms × 0.9 / 1.1.</summary>
    private const string On = """
        raft { pre-vote = on, check-quorum = on, lease-reads = on, max-clock-drift = 0.1, leadership-preference = neutral }
        """;

    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(409);

    [Fact]
    public void Within_its_lease_a_leader_needs_no_majority()
    {
        var term = LeaderWithLease();
        Advance(Lease);
        N2.TakeAll();
        Client.ExpectsAnswer(Client.Asks(consistency: ReadConsistency.Lease), "");
        Assert.Empty(N2.TakeAll());
        Assert.Equal((RaftRole.Leader, term), (Status().Role, Status().Term.Value));
    }

    [Fact]
    public void After_its_lease_it_needs_a_majority()
    {
        var term = LeaderWithLease();
        Advance(Lease + TimeSpan.FromMilliseconds(1));
        N2.TakeAll();
        var id = Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
        N2.Accepts(term, match: 1, N2.Expects<AppendEntries>().Round);
        Client.ExpectsAnswer(id, "");
    }

    /// <summary>An answer proves what was true when the heartbeat was sent, not when the answer arrived.</summary>
    [Fact]
    public void The_lease_begins_when_the_heartbeat_was_sent()
    {
        var term = LeaderWithLease();
        HeartbeatIntervalPasses();
        var round = N2.TakeAll().OfType<AppendEntries>().Last().Round;
        Advance(Lease);
        N2.TakeAll();
        N2.Accepts(term, match: 1, round);
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsAnswer(1, "");
        Advance(TimeSpan.FromMilliseconds(1));
        N2.TakeAll();
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
    }

    [Fact]
    public void The_votes_of_an_election_are_no_lease()
    {
        Elect();
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
    }

    /// <summary>Hazard 12.</summary>
    [Fact]
    public void Before_an_entry_of_its_own_term_is_committed_there_is_no_lease()
    {
        var term = Elect();
        foreach (var peer in new[] { N2, N3 }) peer.Rejects(term, rejected: 0, conflictTerm: null, conflictIndex: 1, round: 1);
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
    }

    /// <summary>Hazard 13: the target waits for no election timeout, and may get TimeoutNow at any time.</summary>
    [Fact]
    public void No_lease_survives_a_transfer_not_even_an_abandoned_one()
    {
        var term = LeaderWithLease();
        Tell(new TransferLeadership(N2.Id), N3.Ref);
        N2.ExpectsAfterHeartbeats<TimeoutNow>();
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
        N2.Accepts(term, match: 1, Round());
        Client.ExpectsAnswer(1, "");

        for (var i = 0; i < 11; i++)
        {
            HeartbeatIntervalPasses();
            N2.Accepts(term, match: 1, Round());
        }

        Assert.Equal(RaftRole.Leader, Status().Role);
        Client.Asks(consistency: ReadConsistency.Lease);
        Client.ExpectsNothing();
    }

    [Fact]
    public void With_leases_off_lease_reads_are_refused()
    {
        EstablishedLeader();
        Client.Asks(consistency: ReadConsistency.Lease);
        Assert.Equal(
            "Lease reads are off. Use linearizable reads, or set raft.lease-reads = on.",
            Client.Expects<RequestRefused>().Reason);
    }

    [Fact]
    public void A_follower_has_no_lease()
    {
        Node(Terms(1), settings: On);
        N2.Heartbeats(term: 1, (1, 1));
        var id = Client.Asks(consistency: ReadConsistency.Lease);
        Assert.Equal(id, Client.Expects<NotLeader>().RequestId);
    }

    private long Elect()
    {
        Node(settings: On);
        Advance(ElectionTimeout);
        N2.Sends(new PreVoteGranted(Cluster, N2.Id, Term.Zero, N2.Expects<RequestPreVote>().Attempt));
        N2.Expects<RequestVote>();
        N2.Votes(term: 1);
        Assert.Equal(RaftRole.Leader, Status().Role);
        return 1;
    }

    private long LeaderWithLease()
    {
        var term = Elect();
        N2.Accepts(term, match: 1, round: 1);
        N2.TakeAll();
        return term;
    }

    private long Round() => N2.TakeAll().OfType<AppendEntries>().Last().Round;
}
