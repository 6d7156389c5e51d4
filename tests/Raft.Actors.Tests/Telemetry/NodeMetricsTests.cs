using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Telemetry;

/// <summary>The measurements of a node's instruments.</summary>
public sealed class NodeMetricsTests : RaftScenario
{
    private readonly Measurements _told;

    private IEnumerable<string> Appends =>
        _told.Of("raft.append.round_trip").Where(m => m.EndsWith("kind=entries", StringComparison.Ordinal));

    public NodeMetricsTests() => _told = new Measurements(Meter);

    [Fact]
    public void An_election_that_is_won_counts_once()
    {
        Leader();
        Assert.Equal(["1 raft.outcome=won"], _told.Of("raft.elections"));
    }

    [Fact]
    public void An_election_that_another_one_wins_is_lost()
    {
        var term = Campaign();
        N2.Heartbeats(term);
        Settle();
        Assert.Equal(["1 raft.outcome=lost"], _told.Of("raft.elections"));
    }

    [Fact]
    public void An_election_that_ends_by_a_newer_term_is_lost()
    {
        var term = Campaign();
        N2.Heartbeats(term + 1);
        Settle();
        Assert.Equal(["1 raft.outcome=lost"], _told.Of("raft.elections"));
    }

    [Fact]
    public void An_election_without_outcome_is_undecided()
    {
        Campaign();
        Advance(ElectionTimeout);
        Assert.Equal(["1 raft.outcome=undecided"], _told.Of("raft.elections"));
    }

    [Fact]
    public void A_commit_takes_from_the_command_to_the_majority()
    {
        var term = EstablishedLeader();
        Client.Proposes("a", "b");
        Advance(TimeSpan.FromMilliseconds(30));
        Assert.Empty(_told.Of("raft.commit.duration"));
        N2.Accepts(term, match: 3);
        Settle();

        Assert.Equal(["0.03", "0.03"], _told.Of("raft.commit.duration"));
    }

    [Fact]
    public void Each_batch_that_is_applied_is_measured_once()
    {
        var term = EstablishedLeader();
        var before = _told.Of("raft.apply.duration").Count;
        Client.Proposes("a", "b");
        N2.Accepts(term, match: 3);
        Settle();

        Assert.Equal(before + 1, _told.Of("raft.apply.duration").Count);
    }

    [Fact]
    public void A_write_takes_as_long_as_the_disk()
    {
        EstablishedLeader();
        var before = _told.Of("raft.journal.write.duration").Count;
        Disk.Hold();
        Client.Proposes("a", "b");
        Advance(TimeSpan.FromMilliseconds(40));
        DiskDoesOneWrite();

        Assert.Equal(["0.04"], _told.Of("raft.journal.write.duration").Skip(before));
        Assert.Equal("2", _told.Of("raft.journal.write.entries")[^1]);
        Assert.Equal($"{2 * (1 + LogEntry.EncodedOverhead)}", _told.Of("raft.journal.write.size")[^1]);
    }

    [Fact]
    public void The_round_trip_of_an_append_ends_with_the_first_answer_that_has_its_last_entry()
    {
        var term = EstablishedLeader();
        var before = Appends.Count();
        Client.Proposes("a", "b");
        Advance(TimeSpan.FromMilliseconds(20));
        N2.Accepts(term, match: 2);
        Settle();
        Assert.Equal(before, Appends.Count());
        N2.Accepts(term, match: 3);
        N2.Accepts(term, match: 3);
        Settle();

        Assert.Equal(["0.02 raft.peer=n2 raft.append.kind=entries"], Appends.Skip(before));
        Assert.Equal(["2 raft.peer=n2", "2 raft.peer=n3"], _told.Of("raft.append.entries").TakeLast(2));
    }

    [Fact]
    public void The_round_trip_of_a_heartbeat_ends_with_the_answer_to_its_round()
    {
        var term = EstablishedLeader();
        N3.TakeAll();
        HeartbeatIntervalPasses();
        var round = N3.Expects<AppendEntries>().Round;
        Advance(TimeSpan.FromMilliseconds(5));
        N3.Accepts(term, match: 1, round - 1);
        N3.Accepts(term, match: 1, round);
        Settle();

        Assert.Equal(
            "0.005 raft.peer=n3 raft.append.kind=heartbeat",
            Assert.Single(
                _told.Of("raft.append.round_trip"),
                m => m.EndsWith("n3 raft.append.kind=heartbeat", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_gauges_show_the_node_as_it_is()
    {
        var term = EstablishedLeader(settings: "raft.check-quorum = off");
        Disk.Hold();
        Client.Proposes("a", "b");
        HeartbeatIntervalPasses();

        Assert.Equal(["2"], _told.Now("raft.role"));
        Assert.Equal([$"{term}"], _told.Now("raft.term"));
        Assert.Equal(["1"], _told.Now("raft.commit.index"));
        Assert.Equal(["1"], _told.Now("raft.applied.index"));
        Assert.Equal(["3"], _told.Now("raft.log.last_index"));
        Assert.Equal(["2 raft.peer=n2", "2 raft.peer=n3"], _told.Now("raft.peer.lag"));
        Assert.Equal(["0 raft.peer=n2", "0 raft.peer=n3"], _told.Now("raft.peer.stalled"));
        Assert.Equal(
            [
                "1 raft.queue=unwritten",
                "0 raft.queue=unapplied",
                "0 raft.queue=queries",
                "2 raft.queue=proposals",
                "0 raft.queue=reads",
                "1 raft.queue=inflight raft.peer=n2",
                "1 raft.queue=inflight raft.peer=n3",
            ],
            _told.Now("raft.queue.length"));
    }

    [Fact]
    public void A_leader_that_steps_down_shows_no_peers_any_more()
    {
        var term = EstablishedLeader();
        HeartbeatIntervalPasses();
        N2.Heartbeats(term + 1);
        Settle();

        Assert.Equal(["0"], _told.Now("raft.role"));
        Assert.Empty(_told.Now("raft.peer.lag"));
    }

    [Fact]
    public void A_node_that_stopped_is_silent()
    {
        EstablishedLeader();
        HeartbeatIntervalPasses();
        Crash();

        Assert.Empty(_told.Now("raft.role"));
        Assert.Empty(_told.Now("raft.queue.length"));
        Assert.Empty(_told.Now("raft.peer.lag"));
    }

    [Fact]
    public void Reads_and_refusals_are_counted()
    {
        Leader(settings: "raft.max-pending-proposals = 1");
        Client.Proposes("a", "b");
        Tell(new ClientQuery([new Query(1, default), new Query(2, default)], ReadConsistency.Stale), N2.Ref);
        Settle();

        Assert.Equal(["1 raft.reason=overloaded"], _told.Of("raft.proposals.refused"));
        Assert.Contains("2", _told.Of("raft.reads"));
    }

    [Fact]
    public void Snapshots_that_failed_are_counted()
    {
        Node([Entry(1, 1, TextMachine.Unwritable)]);
        N2.Heartbeats(term: 1, (1, 1), commit: 1);
        N3.Sends(TakeSnapshot.Instance);
        N3.Expects<SnapshotRefused>();

        Assert.Equal(["1"], _told.Of("raft.snapshot.failures"));
    }

    private long Campaign()
    {
        Node();
        Advance(ElectionTimeout);
        return Status().Term.Value;
    }

    protected override void Dispose(bool disposing)
    {
        _told.Dispose();
        base.Dispose(disposing);
    }
}
