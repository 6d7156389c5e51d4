using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Readmission of a member that lost journal data (docs/decisions/020). n1 is that member, or its leader.</summary>
public sealed class ReadmissionTests : RaftScenario
{
    private static readonly Incarnation Drawn = new(N1, (1L << 52) + 1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly JournalStamp New = new(77, Position: 3, AwaitsReadmission: true);
    private static readonly JournalStamp Readmitted = New with { Position = 9, AwaitsReadmission = false };

    [Fact]
    public void A_blank_node_with_named_members_bootstraps_no_cluster_before_all_of_them_report_that_they_are_blank()
    {
        Start();
        N2.Sends(new BootstrapPresence(new Incarnation(N2.Id, 2), Expect: 3));
        Advance(Interval);
        Advance(Interval);

        Assert.Equal(
            "it has no cluster yet: it waits until all members, n1, n2, n3, are there to bootstrap the cluster, and sees n1, n2",
            WhyAbsent());
        Assert.Equal([new JournalBegun(new GroupId("default"), Drawn)], Disk.Events);
    }

    [Fact]
    public void Named_members_that_all_have_nothing_found_the_cluster_of_their_settings()
    {
        Start();
        N2.Sends(new BootstrapPresence(new Incarnation(N2.Id, 2), Expect: 3));
        N3.Sends(new BootstrapPresence(new Incarnation(N3.Id, 3), Expect: 3));
        Advance(Interval);
        N2.Sends(new BootstrapPromise(PlanOfAll(), new Incarnation(N2.Id, 2)));
        N3.Sends(new BootstrapPromise(PlanOfAll(), new Incarnation(N3.Id, 3)));

        Assert.Equal(Cluster, Status().ClusterId);
        Assert.False(Status().AwaitsReadmission);
    }

    [Fact]
    public void A_stranger_bootstraps_nothing_with_named_members()
    {
        Start();
        N2.Sends(new BootstrapPresence(new Incarnation(N2.Id, 2), Expect: 3));
        N5.Sends(new BootstrapPresence(new Incarnation(N5.Id, 5), Expect: 3));
        Advance(Interval);

        Assert.EndsWith("sees n1, n2", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_member_that_knows_a_cluster_does_not_make_a_blank_node_its_member()
    {
        Start();
        N2.Sends(Existence(N2));
        N2.Sends(Existence(N2));

        Assert.Contains("it waits until a majority of the other members say so", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_node_that_hears_of_its_cluster_from_a_majority_of_the_others_follows_it_and_awaits_readmission()
    {
        Rejoins();

        Assert.True(Status().AwaitsReadmission);
        Assert.Equal(Cluster, Status().ClusterId);
        Assert.Equal(Drawn.Journal + 1, Assert.IsType<ReadmissionSought>(Disk.Events[^1]).Self.Journal);
    }

    [Fact]
    public void Clusters_of_two_names_are_counted_apart()
    {
        Start();
        N2.Sends(Existence(N2));
        N3.Sends(Existence(N3) with { Cluster = new ClusterId("another") });

        Assert.Contains("has no cluster yet", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_awaits_readmission_grants_no_votes()
    {
        Rejoins();
        Advance(ElectionTimeout);
        TakeAll();

        N2.AsksForVote(term: 9, lastIndex: 50, lastTerm: 8);

        Assert.Equal(VoteDenial.AwaitsReadmission, N2.Expects<VoteDenied>().Reason);
        N2.Sends(new RequestPreVote(Cluster, N2.Id, new Term(9), Attempt: 1, new LogIndex(50), new Term(8)));
        Assert.Equal(VoteDenial.AwaitsReadmission, N2.Expects<PreVoteDenied>().Reason);
    }

    [Fact]
    public void A_node_that_awaits_readmission_never_campaigns()
    {
        Rejoins("raft.pre-vote = on");
        N2.Heartbeats(term: 3);
        TakeAll();

        Advance(2 * ElectionTimeout);
        N2.Sends(new TimeoutNow(Cluster, N2.Id, new Term(3)));

        N2.ExpectsNothing();
        Assert.Equal((RaftRole.Follower, 3), (Status().Role, Status().Term.Value));
    }

    [Fact]
    public void Its_acknowledgements_say_that_it_awaits_readmission()
    {
        Rejoins();
        N2.Appends(term: 3, previous: (0, 0), [Entry(1, 1)]);

        var journal = N2.ExpectsJournal<AppendAccepted>();
        Assert.Equal((Drawn.Journal + 1, true), (journal.Number, journal.AwaitsReadmission));
    }

    [Fact]
    public void It_is_readmitted_when_the_entry_that_names_its_journal_is_committed_and_that_is_on_its_disk()
    {
        Rejoins();
        var entry = Readmission(index: 2, term: 3, Drawn with { Journal = Drawn.Journal + 1 });
        N2.Appends(term: 3, previous: (0, 0), [Entry(1, 1), entry]);
        Assert.True(N2.ExpectsJournal<AppendAccepted>().AwaitsReadmission);

        Disk.Hold();
        N2.Heartbeats(term: 3, previous: (2, 3), commit: 2);
        Assert.True(N2.ExpectsJournal<AppendAccepted>().AwaitsReadmission);
        DiskCatchesUp();
        N2.Heartbeats(term: 3, previous: (2, 3), commit: 2);

        Assert.False(N2.ExpectsJournal<AppendAccepted>().AwaitsReadmission);
        Assert.Equal(new Readmitted(new LogIndex(2)), Disk.Events[^1]);
        Assert.False(Status().AwaitsReadmission);
    }

    [Fact]
    public void An_entry_that_names_another_journal_does_not_readmit_the_node()
    {
        Rejoins();
        N2.Appends(term: 3, previous: (0, 0), [Readmission(1, 3, Drawn with { Journal = 12 })], commit: 1);

        Assert.True(N2.ExpectsJournal<AppendAccepted>().AwaitsReadmission);
        Assert.True(Status().AwaitsReadmission);
    }

    [Fact]
    public void It_still_awaits_readmission_after_a_restart()
    {
        Rejoins();
        CrashAndRestart();

        Assert.True(Status().AwaitsReadmission);
    }

    [Fact]
    public void A_host_that_found_a_loss_keeps_a_node_from_voting_on_what_is_left()
    {
        Store(Terms(1, 1, 2), term: 3, votedFor: null, members: 3);
        Start(loss: "its folder says that there was more");

        Assert.True(Status().AwaitsReadmission);
        Assert.Equal([1, 1, 2], LogTerms());
        N2.AsksForVote(term: 4, lastIndex: 9, lastTerm: 3);
        Assert.Equal(VoteDenial.AwaitsReadmission, N2.Expects<VoteDenied>().Reason);
    }

    [Fact]
    public void A_blank_node_whose_host_found_a_loss_bootstraps_nothing()
    {
        Start(loss: "its folder says that there was a journal");
        Assert.Equal(0, N2.Expects<BootstrapPresence>().Expect);
        N2.Sends(new BootstrapPresence(new Incarnation(N2.Id, 2), Expect: 3));
        N3.Sends(new BootstrapPresence(new Incarnation(N3.Id, 3), Expect: 3));
        Advance(Interval);
        Advance(Interval);

        Assert.Contains("its journal is lost, so it bootstraps no cluster", WhyAbsent(), StringComparison.Ordinal);
        CrashAndRestart();
        Assert.Contains("its journal is lost, so it bootstraps no cluster", WhyAbsent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_leader_appends_one_entry_for_a_follower_that_lost_its_journal()
    {
        var term = EstablishedLeader();
        Rejects(N3, term, New);
        Rejects(N3, term, New);

        Assert.Equal([EntryKind.NoOp, EntryKind.Readmission], Log.Select(e => e.Kind));
        Assert.Equal(new Incarnation(N3.Id, New.Number), Incarnation.Decode(Log[1].Command.Span));
    }

    [Fact]
    public void A_follower_that_lost_its_journal_does_not_count_for_a_commit()
    {
        var term = EstablishedLeader();
        Rejects(N3, term, New);
        Accepts(N3, term, match: 2, New);
        Assert.Equal(1, Status().CommitIndex.Value);

        N2.Accepts(term, match: 2);
        Assert.Equal(2, Status().CommitIndex.Value);
    }

    [Fact]
    public void It_counts_again_when_it_says_that_it_is_readmitted()
    {
        var term = EstablishedLeader();
        Rejects(N3, term, New);
        N2.Accepts(term, match: 2);
        Accepts(N3, term, match: 2, Readmitted);
        Client.Proposes("a");
        Assert.Equal(3, Status().LastLogIndex.Value);
        Accepts(N3, term, match: 3, Readmitted);

        Assert.Equal(3, Status().CommitIndex.Value);
    }

    [Fact]
    public void What_it_acknowledged_on_the_journal_that_it_lost_does_not_count_any_more()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        Rejects(N3, term, New);

        Accepts(N3, term, match: 2, journal: new JournalStamp(Number: 12, Position: 4));

        Assert.Equal(1, Status().CommitIndex.Value);
    }

    [Fact]
    public void Votes_of_a_journal_that_the_log_has_replaced_are_not_counted()
    {
        Node([Readmission(1, 1, new Incarnation(N2.Id, 77))], term: 1);
        Advance(ElectionTimeout);
        var term = Status().Term.Value;

        N2.Sends(new VoteGranted(Cluster, N2.Id, new Term(term)) { Journal = new JournalStamp(12, Position: 400) });
        Assert.Equal(RaftRole.Candidate, Status().Role);

        N2.Sends(new VoteGranted(Cluster, N2.Id, new Term(term)) { Journal = new JournalStamp(77, Position: 5) });
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    [Fact]
    public void A_member_that_reads_of_a_newer_journal_of_itself_seeks_readmission()
    {
        Node(Terms(1), term: 1);
        N2.Appends(term: 2, previous: (1, 1), [Readmission(2, 2, new Incarnation(N1, 99))]);

        Assert.True(Status().AwaitsReadmission);
    }

    [Fact]
    public void A_follower_that_lacks_what_it_acknowledged_learns_that_its_journal_forgot()
    {
        var term = EstablishedLeader();
        Accepts(N3, term, match: 1, journal: new JournalStamp(5, Position: 40));
        HeartbeatIntervalPasses();
        TakeAll();

        N3.Sends(new AppendRejected(Cluster, N3.Id, new Term(term), new LogIndex(1), null, new LogIndex(1), Round: 2)
        {
            Journal = new JournalStamp(5, Position: 41),
        });

        var forgot = N3.Expects<JournalForgot>();
        Assert.Equal((5, long.MaxValue), (forgot.Number, forgot.Position));
    }

    [Fact]
    public void A_node_whose_journal_has_less_than_before_learns_so_and_its_vote_does_not_count()
    {
        Node(Terms(1), term: 1);
        N2.Sends(new VoteDenied(Cluster, N2.Id, new Term(1), VoteDenial.AlreadyVoted)
        {
            Journal = new JournalStamp(5, Position: 40),
        });
        Advance(ElectionTimeout);
        var term = Status().Term.Value;
        TakeAll();

        N2.Sends(new VoteGranted(Cluster, N2.Id, new Term(term)) { Journal = new JournalStamp(5, Position: 30) });

        Assert.Equal((5, 40), (N2.Expects<JournalForgot>() is var forgot ? forgot.Number : 0, forgot.Position));
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    [Fact]
    public void A_node_whose_journal_was_rolled_back_seeks_readmission_when_a_peer_remembers_more()
    {
        Node(Terms(1), term: 1);

        N2.Sends(new JournalForgot(Cluster, N2.Id, new Term(1), Number: 0, Position: 3));
        Assert.False(Status().AwaitsReadmission);
        N2.Sends(new JournalForgot(Cluster, N2.Id, new Term(1), Number: 0, Position: 4));
        Assert.True(Status().AwaitsReadmission);
    }

    [Fact]
    public void No_entry_that_the_journal_knows_to_be_committed_is_ever_removed()
    {
        Store(Terms(1), term: 1, votedFor: null, members: 3);
        Disk.Store(new EntriesAppended([Entry(2, 1)]) { Committed = new LogIndex(1) });
        Start();

        N2.Appends(term: 2, previous: (0, 0), [Entry(1, 2)]);

        Assert.Contains("contradicts entry 1, but entries up to 1 are committed", HaltReason(), StringComparison.Ordinal);
        Assert.Equal([1, 1], Disk.Log.Slice(new LogIndex(1), 9, 999).Select(e => e.Term.Value));
    }

    /// <summary>n1 has lost its journal, and n2 and n3 know the cluster.</summary>
    private void Rejoins(string settings = "")
    {
        Start(settings: settings);
        N2.Sends(Existence(N2));
        N3.Sends(Existence(N3));
        TakeAll();
    }

    private void TakeAll()
    {
        foreach (var peer in new[] { N2, N3, N4, N5 }) peer.TakeAll();
    }

    private void Start(string settings = "", string? loss = null) => Start(members: 3, settings, random: null, loss);

    private static ClusterExists Existence(Peer peer) =>
        new(Cluster, peer.Id, [N1, new NodeId("n2"), new NodeId("n3")]) { Incarnations = [new Incarnation(N1, 1)] };

    private BootstrapPlan PlanOfAll() =>
        new(Cluster, [Drawn, new Incarnation(N2.Id, 2), new Incarnation(N3.Id, 3)]);

    private static LogEntry Readmission(long index, long term, Incarnation member) =>
        new(new LogIndex(index), new Term(term), EntryKind.Readmission, member.Encode());

    private static void Rejects(Peer peer, long term, JournalStamp journal) =>
        peer.Sends(new AppendRejected(Cluster, peer.Id, new Term(term), new LogIndex(1), null, new LogIndex(1), Round: 0)
        {
            Journal = journal,
        });

    private static void Accepts(Peer peer, long term, long match, JournalStamp journal) =>
        peer.Sends(new AppendAccepted(Cluster, peer.Id, new Term(term), new LogIndex(match), Round: 0) { Journal = journal });

    private string WhyAbsent() => Down().Reason;
}
