using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.StateMachines;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A follower installs its leader's state in place of compacted entries (Raft §7, Figure 13, receiver).</summary>
public sealed class InstallSnapshotTests : RaftScenario
{
    private static readonly LogPoint Last = new(new LogIndex(5), new Term(2), TimeSpan.Zero);

    private readonly ReadOnlyMemory<byte> _state = State("a b c d e");

    [Fact]
    public void A_follower_takes_the_parts_in_order_and_has_the_state_when_all_are_there()
    {
        Node(log: Terms(1));
        N2.Sends(Part(at: 0, bytes: 10));
        ExpectsReceived(10);
        N2.Sends(Part(at: 10, bytes: int.MaxValue, part: 2));
        ExpectsReceived(_state.Length);
        Settle();
        N2.Sends(Part(at: _state.Length, bytes: 0, part: 3));
        N2.ExpectsAccepted(match: 5);

        Assert.Equal(["a", "b", "c", "d", "e"], Applied);
        var status = Status();
        Assert.Equal((5, 5, 5, 2, 5, 5), (
            status.CommitIndex.Value, status.LastApplied.Value, status.LastLogIndex.Value, status.LastLogTerm.Value,
            status.SnapshotIndex.Value, status.DurableIndex.Value));
    }

    [Fact]
    public void What_the_leader_sends_next_follows_the_snapshot()
    {
        Installed();
        N2.Appends(term: 2, previous: (5, 2), [Entry(6, 2)], commit: 6);
        N2.ExpectsAccepted(match: 6);
        Assert.Equal("6:6@2", Applied[^1]);
    }

    [Fact]
    public void A_restart_finds_the_snapshot_and_what_follows_it()
    {
        Installed();
        N2.Appends(term: 2, previous: (5, 2), [Entry(6, 2)]);
        N2.ExpectsAccepted(match: 6);
        CrashAndRestart();
        Assert.Equal(["a", "b", "c", "d", "e"], Applied);
        Assert.Equal((5, 6), (Status().CommitIndex.Value, Status().LastLogIndex.Value));
    }

    /// <summary>Hazard 18: a snapshot is acknowledged when it is on disk, and not before.</summary>
    [Fact]
    public void Nothing_is_acknowledged_before_it_is_on_disk()
    {
        Node(log: Terms(1), term: 2);
        Disk.Hold();
        N2.Sends(Part(at: 0, bytes: int.MaxValue));
        ExpectsReceived(_state.Length);
        N2.Sends(Part(at: _state.Length, bytes: 0, part: 2));
        ExpectsReceived(_state.Length);
        DiskDoesOneWrite();
        N2.Sends(Part(at: _state.Length, bytes: 0, part: 3));
        N2.ExpectsNothing();
        DiskDoesOneWrite();
        N2.ExpectsAccepted(match: 5);
    }

    /// <summary>Figure 13, rule 7: a log that contradicts the snapshot is dropped.</summary>
    [Fact]
    public void A_tail_that_contradicts_the_snapshot_goes()
    {
        Node(log: Terms(1, 1, 1, 1, 1, 1, 1), term: 2);
        Sends(State("a b c d e"));
        Assert.Equal((5, 2), (Status().LastLogIndex.Value, Status().LastLogTerm.Value));
        CrashAndRestart();
        Assert.Equal(5, Status().LastLogIndex.Value);
    }

    /// <summary>Figure 13, rule 6; hazard 17: entries after the snapshot may be committed.</summary>
    [Fact]
    public void A_tail_that_follows_the_snapshot_stays_and_no_state_is_needed()
    {
        Node(log: Terms(1, 1, 1, 2, 2, 2, 2));
        N2.Sends(Part(at: 0, bytes: 10));
        N2.ExpectsAccepted(match: 5);
        Assert.Equal((5, 7), (Status().CommitIndex.Value, Status().LastLogIndex.Value));
        Assert.Equal("5:5@2", Applied[^1]);
    }

    /// <summary>Hazard 17: an older snapshot never rolls the state back.</summary>
    [Fact]
    public void What_is_committed_already_is_not_taken_again()
    {
        Installed();
        N2.Appends(term: 2, previous: (5, 2), [Entry(6, 2)], commit: 6);
        N2.TakeAll();
        N2.Sends(new InstallSnapshot(
            Cluster, N2.Id, new Term(2), Last with { Index = new LogIndex(4) }, _state.Length, 0, _state, Part: 9, Round: 0));
        N2.ExpectsAccepted(match: 4);
        Assert.Equal((6, 6), (Status().CommitIndex.Value, Status().LastApplied.Value));
    }

    [Fact]
    public void A_new_leader_starts_over()
    {
        Node(log: Terms(1));
        N2.Sends(Part(at: 0, bytes: 10));
        ExpectsReceived(10);
        N3.Sends(Part(at: 10, bytes: 10) with { From = N3.Id, Term = new Term(3) });
        Assert.Equal(0, N3.Expects<SnapshotReceived>().Offset);
    }

    [Fact]
    public void A_leader_of_an_older_term_gets_the_newer_term()
    {
        Node(log: Terms(1), term: 7);
        N2.Sends(Part(at: 0, bytes: 10));
        Assert.Equal(7, N2.Expects<AppendOutdated>().Term.Value);
    }

    [Fact]
    public void It_prevents_a_follower_from_campaigning_and_ends_a_candidacy()
    {
        Node(log: Terms(1), term: 1);
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        N2.TakeAll();
        N2.Sends(Part(at: 0, bytes: 10));
        ExpectsReceived(10);
        Assert.Equal((RaftRole.Follower, N2.Id), (Status().Role, Status().LeaderId));
        Advance(ElectionTimeout / 2);
        N2.Sends(Part(at: 10, bytes: 10, part: 2));
        Advance(ElectionTimeout / 2);
        Assert.Equal(RaftRole.Follower, Status().Role);
    }

    [Theory]
    [InlineData(0, 9, 0, 5)]
    [InlineData(5, 9, -1, 5)]
    [InlineData(5, 9, 5, 5)]
    [InlineData(5, 0, 0, 0)]
    [InlineData(5, -1, 0, 0)]
    public void Invalid_parts_are_refused(long index, long length, long offset, int bytes)
    {
        Node(log: Terms(1), term: 2);
        N2.Sends(new InstallSnapshot(
            Cluster,
            N2.Id,
            new Term(2),
            Last with { Index = new LogIndex(index) },
            length,
            offset,
            new byte[bytes],
            Part: 1,
            Round: 0));
        Assert.Contains("InstallSnapshot from n2 was refused", N2.Expects<RpcRefused>().Reason, StringComparison.Ordinal);
        Assert.Equal(1, Status().LastLogIndex.Value);
    }

    [Fact]
    public void A_state_that_can_not_be_read_stops_the_node_before_it_says_that_it_has_it()
    {
        Node(log: Terms(1), term: 2);
        N2.Sends(new InstallSnapshot(Cluster, N2.Id, new Term(2), Last, 4, 0, new byte[] { 9, 0, 0, 0 }, Part: 1, Round: 0));
        Assert.Contains("the state machine failed", HaltReason(), StringComparison.Ordinal);
        ExpectsReceived(4);
    }

    [Fact]
    public void Its_own_snapshot_gives_way_to_one_of_the_leader()
    {
        Node(log: Terms(1, 1), term: 2, settings: "raft.snapshot-chunk-bytes = 16");
        N2.Heartbeats(term: 2, (2, 1), commit: 2);
        Disk.Hold();
        N3.Sends(TakeSnapshot.Instance);
        Settle();
        N2.Sends(Part(at: 0, bytes: int.MaxValue));
        DiskCatchesUp();
        Assert.Equal(5, N3.Expects<SnapshotTaken>().Index.Value);
        Assert.Equal(new LogIndex(5), Assert.Single(Disk.Events.OfType<SnapshotSaved>()).Last.Index);
    }

    private void Installed()
    {
        Node(log: Terms(1), term: 2);
        Sends(_state);
        N2.TakeAll();
    }

    private void Sends(ReadOnlyMemory<byte> state)
    {
        N2.Sends(new InstallSnapshot(Cluster, N2.Id, new Term(2), Last, state.Length, 0, state, Part: 1, Round: 0));
        Settle();
    }

    private InstallSnapshot Part(int at, int bytes, long part = 1) => new(
        Cluster,
        N2.Id,
        new Term(2),
        Last,
        _state.Length,
        at,
        _state.Slice(at, Math.Min(bytes, _state.Length - at)),
        part,
        Round: 0);

    private void ExpectsReceived(long offset) => Assert.Equal(offset, N2.Expects<SnapshotReceived>().Offset);

    private static ReadOnlyMemory<byte> State(string commands)
    {
        var machine = new TextMachine();
        machine.Restore(new(TextMachine.Bytes(commands)));
        return SnapshotFormat.Write(new SessionTable(machine.Apply).State(), machine);
    }
}
