using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>How a leader replicates its log (Raft §5.3; Figure 2, rules for leaders; dissertation §10.2).</summary>
public sealed class LeaderReplicationTests : RaftScenario
{
    /// <summary>§8: a no-op at the start of its term, so that older entries can be committed.</summary>
    [Fact]
    public void A_new_leader_appends_a_no_op_of_its_term()
    {
        Node(log: Terms(1, 2));
        Advance(ElectionTimeout);
        N2.Expects<RequestVote>();
        N2.Votes(term: 3);
        var append = N2.ExpectsAppend(previous: 2, 3);
        Assert.Equal((new Term(3), new Term(2), LogIndex.Zero), (append.Term, append.PreviousTerm, append.LeaderCommit));
        Assert.Equal(new LogEntry(new LogIndex(3), new Term(3), EntryKind.NoOp, default), append.Entries[0]);
    }

    [Fact]
    public void A_leader_tells_whom_it_reaches_and_who_gets_nothing()
    {
        var term = EstablishedLeader(settings: "raft.check-quorum = off");
        Client.Proposes("a");
        N2.Accepts(term, match: 2);
        Settle();
        for (var i = 0; i < 120; i++)
        {
            HeartbeatIntervalPasses();
            N2.Accepts(term, match: 2, round: 1);
        }

        var (reached, lost) = (Status().Followers[0], Status().Followers[1]);

        Assert.Equal(new FollowerStatus(new NodeId("n2"), IsReached: true, new LogIndex(2), TimeSpan.Zero), reached);
        Assert.Equal(("n3", false, new LogIndex(1)), (lost.NodeId.Value, lost.IsReached, lost.MatchIndex));
        Assert.InRange(lost.Stalled.TotalSeconds, 1, 60);
    }

    /// <summary>A redundant message makes each follower wait for a disk sync.</summary>
    [Fact]
    public void A_new_leader_sends_its_no_op_once()
    {
        Node();
        Advance(ElectionTimeout);
        N2.Expects<RequestVote>();
        N2.Votes(term: 1);
        Assert.Single(N2.TakeAll().OfType<AppendEntries>(), append => append.Entries.Count > 0);
    }

    /// <summary>Dissertation §10.2.1: the leader writes to its own disk in parallel with sending.</summary>
    [Fact]
    public void Entries_leave_before_the_leaders_own_disk_is_done()
    {
        EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        var append = N2.ExpectsAppend(previous: 1, 2);
        Assert.Equal("a", TextMachine.Text(append.Entries[0].Command));
        Assert.Equal(new LogIndex(1), Disk.Log.LastIndex);
    }

    /// <summary>
    /// Dissertation §10.2.2: entries are pipelined; the next append does not wait for the answer to the last one.
    /// </summary>
    [Fact]
    public void Appends_are_pipelined_up_to_the_window_and_go_on_with_the_next_answer()
    {
        var term = EstablishedLeader(settings: "raft.max-inflight-appends = 2");
        foreach (var command in new[] { "a", "b", "c", "d" })
        {
            Client.Proposes(command);
            Settle();
        }

        N2.ExpectsAppend(previous: 1, 2);
        N2.ExpectsAppend(previous: 2, 3);
        N2.ExpectsNothing();

        N2.Accepts(term, match: 2);
        N2.ExpectsAppend(previous: 3, 4, 5);
        N2.ExpectsNothing();
    }

    /// <summary>A full window must not silence the leader, and a lost answer must not block the follower forever.</summary>
    [Fact]
    public void A_full_window_lets_heartbeats_through_and_their_answer_frees_it()
    {
        var term = EstablishedLeader(settings: "raft.max-inflight-appends = 1");
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        Client.Proposes("b");
        HeartbeatIntervalPasses();
        N2.ExpectsAppend(previous: 2);
        N2.Accepts(term, match: 2);
        N2.ExpectsAppend(previous: 2, 3);
    }

    /// <summary>A slow follower delays only itself.</summary>
    [Fact]
    public void A_silent_follower_does_not_keep_others_from_getting_entries()
    {
        var term = EstablishedLeader(settings: "raft.max-inflight-appends = 1");
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        N3.ExpectsAppend(previous: 1, 2);
        N3.Accepts(term, match: 2);
        Client.Proposes("b");
        N3.ExpectsAppend(previous: 2, 3);
        N2.ExpectsNothing();
    }

    /// <summary>Messages have a limit: a follower that lacks many entries gets them in batches.</summary>
    [Fact]
    public void A_batch_is_capped_by_its_number_of_entries()
    {
        var term = Leader(log: Terms(1, 1, 1, 1, 1), settings: "raft.max-append-entries = 2");
        N2.Rejects(term, rejected: 5, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsAppend(previous: 0, 1, 2);
        N2.ExpectsNothing();
        N2.Accepts(term, match: 2);
        N2.ExpectsAppend(previous: 2, 3, 4);
        N2.ExpectsAppend(previous: 4, 5, 6);
    }

    /// <summary>Akka.Remote drops a message over its frame size, so the follower would never catch up.</summary>
    [Fact]
    public void A_batch_is_capped_by_its_encoded_bytes()
    {
        var large = new string('x', 3000);
        var log = Enumerable.Range(1, 5).Select(i => Entry(i, 1, large)).ToArray();
        var term = Leader(log, settings: "raft { max-append-bytes = 8KiB, max-command-bytes = 4KiB }");
        N2.Rejects(term, rejected: 5, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsAppend(previous: 0, 1, 2);
        N2.Accepts(term, match: 2);
        N2.ExpectsAppend(previous: 2, 3, 4);
        N2.ExpectsAppend(previous: 4, 5, 6);
    }

    /// <summary>§5.3: the leader retries forever; the next heartbeat reveals a lost message.</summary>
    [Fact]
    public void A_lost_append_is_found_by_the_rejection_of_a_heartbeat_and_sent_again()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        HeartbeatIntervalPasses();
        N2.ExpectsAppend(previous: 2);
        N2.Rejects(term, rejected: 2, conflictTerm: null, conflictIndex: 2);
        N2.ExpectsAppend(previous: 1, 2);
    }

    /// <summary>§5.3: followers learn the commit index from the next message.</summary>
    [Fact]
    public void Followers_learn_the_commit_index_with_the_next_heartbeat()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        Assert.Equal(new LogIndex(1), N2.ExpectsAppend(previous: 1, 2).LeaderCommit);
        N2.Accepts(term, match: 2);
        HeartbeatIntervalPasses();
        Assert.Equal(new LogIndex(2), N2.ExpectsAppend(previous: 2).LeaderCommit);
    }

    /// <summary>The leader's log is append-only (Figure 3): a former leader's message can't change it.</summary>
    [Fact]
    public void A_second_leader_of_the_same_term_is_ignored_with_a_warning()
    {
        var term = EstablishedLeader();
        N2.Appends(term, previous: (0, 0), [Entry(1, term)], commit: 1);
        N2.Heartbeats(term);
        N2.ExpectsNothing();
        Assert.Equal((RaftRole.Leader, N1), (Status().Role, Status().LeaderId!.Value));
        Assert.Equal(EntryKind.NoOp, Assert.Single(Log).Kind);
        Assert.Contains("n2 claims to lead term", Assert.Single(Warnings()));
    }

    /// <summary>Group commit: one event, one append per follower, one disk sync.</summary>
    [Fact]
    public void Proposals_that_come_while_the_disk_is_busy_leave_as_one_append_and_one_event()
    {
        EstablishedLeader();
        var other = NewClient("other");
        Disk.Hold();
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        Client.Proposes("b", "c");
        other.Proposes("d");
        Client.Proposes("e");
        N2.ExpectsNothing();

        DiskDoesOneWrite();
        var append = N2.ExpectsAppend(previous: 2, 3, 4, 5, 6);
        Assert.Equal(["b", "c", "d", "e"], append.Entries.Select(e => TextMachine.Text(e.Command)));
        N2.ExpectsNothing();

        var events = Disk.Events.Count;
        DiskDoesOneWrite();
        Assert.Equal(append.Entries, Assert.IsType<EntriesAppended>(Disk.Events.Skip(events).Single()).Entries);
    }
}
