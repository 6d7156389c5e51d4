using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A follower's log (Raft §5.3; Figure 2, AppendEntries RPC, receiver).</summary>
public sealed class FollowerLogTests : RaftScenario
{
    /// <summary>Figure 2, AppendEntries, receiver 4.</summary>
    [Fact]
    public void A_follower_appends_what_it_lacks()
    {
        Node(log: Terms(1, 1));
        N2.Appends(term: 2, previous: (2, 1), [Entry(3, 1), Entry(4, 2)]);
        N2.ExpectsAccepted(match: 4);
        Assert.Equal([1, 1, 1, 2], LogTerms());
        Assert.Equal(Log, Entries(Disk.Log));
    }

    /// <summary>Consistency check: the hint is the index after its last entry, so that the leader skips the gap.</summary>
    [Fact]
    public void A_follower_whose_log_is_too_short_rejects_and_says_where_it_ends()
    {
        Node(log: Terms(1, 1));
        N2.Appends(term: 3, previous: (7, 2), [Entry(8, 3)], round: 5);
        Assert.Equal(
            new AppendRejected(Cluster, N1, new Term(3), new LogIndex(7), null, new LogIndex(3), Round: 5),
            N2.Expects<AppendRejected>());
        Assert.Equal([1, 1], LogTerms());
    }

    /// <summary>
    /// End of §5.3: the hint is a whole term, so that the leader needs one message per term and not per entry.
    /// </summary>
    [Theory]
    [InlineData(6, 4, 3, 5)]
    [InlineData(5, 4, 3, 5)]
    [InlineData(4, 4, 2, 2)]
    [InlineData(1, 4, 1, 1)]
    public void A_follower_with_another_term_there_rejects_and_names_that_term_and_its_first_index(
        long previous, long previousTerm, long conflictTerm, long conflictIndex)
    {
        Node(log: Terms(1, 2, 2, 2, 3, 3));
        N2.Heartbeats(term: 5, (previous, previousTerm));
        var rejected = N2.Expects<AppendRejected>();
        Assert.Equal(
            (previous, conflictTerm, conflictIndex),
            (rejected.RejectedIndex.Value, rejected.ConflictTerm!.Value.Value, rejected.ConflictIndex.Value));
    }

    /// <summary>Figure 2, AppendEntries, receiver 3: delete the conflicting entry and all that follow it.</summary>
    [Fact]
    public void A_follower_replaces_what_contradicts_its_leader()
    {
        Node(log: Terms(1, 1, 2, 2, 2));
        N2.Appends(term: 3, previous: (2, 1), [Entry(3, 3)]);
        N2.ExpectsAccepted(match: 3);
        Assert.Equal([1, 1, 3], LogTerms());
        Assert.Equal(new LogTruncated(new LogIndex(3)), Assert.Single(Disk.Events.OfType<LogTruncated>()));
        Assert.Equal(Log, Entries(Disk.Log));
    }

    /// <summary>The entries before the first conflict are not written again.</summary>
    [Fact]
    public void A_follower_keeps_what_agrees_and_replaces_from_the_first_contradiction()
    {
        Node(log: Terms(1, 1, 2, 2));
        N2.Appends(term: 4, previous: (1, 1), [Entry(2, 1), Entry(3, 4), Entry(4, 4)]);
        N2.ExpectsAccepted(match: 4);
        Assert.Equal([1, 1, 4, 4], LogTerms());
        Assert.Equal(new LogIndex(3), Assert.Single(Disk.Events.OfType<LogTruncated>()).From);
    }

    /// <summary>Hazard 9: an old message is a prefix, not the end of the log.</summary>
    [Fact]
    public void A_delayed_append_does_not_remove_what_it_does_not_contradict()
    {
        Node();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.Appends(term: 1, previous: (1, 1), [Entry(2, 1), Entry(3, 1)]);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.ExpectsAccepted(match: 1);
        N2.ExpectsAccepted(match: 3);
        N2.ExpectsAccepted(match: 1);
        N2.Heartbeats(term: 1);
        N2.ExpectsAccepted(match: 0);
        Assert.Equal([1, 1, 1], LogTerms());
        Assert.DoesNotContain(Disk.Events, e => e is LogTruncated);
    }

    /// <summary>§5.5: RPCs are idempotent.</summary>
    [Fact]
    public void An_append_that_arrives_twice_is_written_once_and_acknowledged_twice()
    {
        Node(term: 1);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.ExpectsAccepted(match: 1);
        N2.ExpectsAccepted(match: 1);
        Assert.Single(Disk.Events.OfType<EntriesAppended>());
    }

    /// <summary>Figure 2, AppendEntries, receiver 5: min(leaderCommit, index of last new entry). Hazard 10.</summary>
    [Fact]
    public void The_commit_index_stays_at_what_the_message_verified()
    {
        Node(log: Terms(1, 1, 2, 2));
        N2.Heartbeats(term: 3, previous: (2, 1), commit: 4);
        Assert.Equal(new LogIndex(2), Status().CommitIndex);

        N2.Appends(term: 3, previous: (2, 1), [Entry(3, 2)], commit: 9);
        Assert.Equal(new LogIndex(3), Status().CommitIndex);
        Assert.Equal(["1:1@1", "2:2@1", "3:3@2"], Applied);
    }

    /// <summary>Figure 2: the commit index increases monotonically; a delayed message contains an older one.</summary>
    [Fact]
    public void The_commit_index_never_goes_back()
    {
        Node(log: Terms(1, 1, 1));
        N2.Heartbeats(term: 1, previous: (3, 1), commit: 3);
        N2.Heartbeats(term: 1, previous: (3, 1), commit: 1);
        Assert.Equal(new LogIndex(3), Status().CommitIndex);
        Assert.Equal(3, Applied.Count);
    }

    /// <summary>Figure 3, State Machine Safety: an append that does not match commits nothing.</summary>
    [Fact]
    public void A_rejected_append_commits_nothing()
    {
        Node(log: Terms(1, 1));
        N2.Heartbeats(term: 3, previous: (2, 2), commit: 2);
        N2.Expects<AppendRejected>();
        Assert.Equal(LogIndex.Zero, Status().CommitIndex);
    }

    /// <summary>§5.3: the state machine gets committed commands in log order, each once, and no no-ops.</summary>
    [Fact]
    public void Committed_commands_are_applied_once_and_in_order()
    {
        Node();
        N2.Appends(term: 1, previous: (0, 0), [new LogEntry(new LogIndex(1), new Term(1), EntryKind.NoOp, default)]);
        N2.Appends(term: 1, previous: (1, 1), [Entry(2, 1, "a"), Entry(3, 1, "b")], commit: 1);
        Assert.Empty(Applied);
        N2.Appends(term: 1, previous: (3, 1), [Entry(4, 1, "c")], commit: 3);
        N2.Heartbeats(term: 1, previous: (4, 1), commit: 4);
        Assert.Equal(["2:a", "3:b", "4:c"], Applied);
        Assert.Equal(new LogIndex(4), Status().LastApplied);
    }

    /// <summary>Figure 2: commitIndex is volatile. After a crash a new state machine applies the entries again.</summary>
    [Fact]
    public void After_a_crash_the_log_is_applied_again_as_far_as_the_leader_says()
    {
        Node();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a"), Entry(2, 1, "b")], commit: 2);
        N2.ExpectsAccepted(match: 2);
        CrashAndRestart();
        Assert.Equal(LogIndex.Zero, Status().CommitIndex);
        N2.Heartbeats(term: 1, previous: (2, 1), commit: 1);
        Assert.Equal(["1:a"], Applied);
    }

    /// <summary>§5.2: a follower learns from AppendEntries which node leads.</summary>
    [Fact]
    public void A_follower_knows_the_leader_of_its_term()
    {
        Node();
        N2.Heartbeats(term: 1);
        Assert.Equal(N2.Id, Status().LeaderId);
        N3.Heartbeats(term: 2);
        Assert.Equal(N3.Id, Status().LeaderId);
    }

    /// <summary>Figure 3, Election Safety: a term has one leader. A second one is a defect or forged, and is ignored.</summary>
    [Fact]
    public void A_second_leader_of_the_same_term_is_ignored_with_a_warning()
    {
        Node();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a")]);
        N2.ExpectsAccepted(match: 1);
        N3.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "b"), Entry(2, 1, "c")], commit: 2);
        Assert.Equal((N2.Id, LogIndex.Zero), (Status().LeaderId!.Value, Status().CommitIndex));
        Assert.Single(LogTerms());
        Assert.Contains("n3", Assert.Single(Warnings()));
    }

    /// <summary>Figure 3, Leader Completeness is violated: the node must not continue.</summary>
    [Fact]
    public void A_leader_that_contradicts_a_committed_entry_halts_the_node()
    {
        Node(log: Terms(1, 1));
        N2.Heartbeats(term: 1, previous: (2, 1), commit: 2);
        N2.ExpectsAccepted(match: 2);
        N3.Appends(term: 2, previous: (1, 1), [Entry(2, 2)]);
        Assert.Contains("entry 2", HaltReason());
        N3.ExpectsNothing();
        Assert.DoesNotContain(Disk.Events, e => e is LogTruncated);
    }

    private static LogEntry[] Entries(RaftLog log) => [.. log.Slice(new LogIndex(1), int.MaxValue, int.MaxValue)];
}
