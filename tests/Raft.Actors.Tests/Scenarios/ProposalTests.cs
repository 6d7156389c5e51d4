using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Commands of clients (Raft §5.3, §8).</summary>
public sealed class ProposalTests : RaftScenario
{
    /// <summary>A slow disk that got all that waits in one write would look stalled, and the leader would step down.</summary>
    [Fact]
    public void One_write_takes_four_appends_at_the_most_and_what_is_left_goes_with_the_next()
    {
        EstablishedLeader(
            settings: "raft.max-append-bytes = 8KiB\nraft.max-command-bytes = 4KiB\nraft.client.max-batch-bytes = 8KiB");
        Disk.Hold();
        Client.Proposes("first");
        Settle();
        for (var i = 0; i < 12; i++) Client.Proposes(new string('x', 4000));
        Settle();
        var before = Disk.Highest;

        DiskDoesOneWrite();
        DiskDoesOneWrite();

        var bytes = Disk.Events.Skip((int)before).OfType<EntriesAppended>().SelectMany(e => e.Entries).Sum(e => e.Command.Length);
        Assert.InRange(bytes, 3 * 8 * 1024, 5 * 8 * 1024);
        DiskCatchesUp();
        Assert.Equal(14, Disk.Log.LastIndex.Value);
    }

    /// <summary>§5.3: when the entry is safely replicated, the leader applies it and returns the result.</summary>
    [Fact]
    public void A_command_is_answered_with_its_result_when_it_is_committed_and_applied()
    {
        var term = EstablishedLeader();
        var id = Client.Proposes("a");
        Client.ExpectsNothing();
        N2.Accepts(term, match: 2);
        var applied = Client.ExpectsApplied(id, "2:a");
        Assert.Equal((new LogIndex(2), term), (applied.Index, applied.Term.Value));
    }

    /// <summary>Commands of one message are appended in its order, and each gets its own answer.</summary>
    [Fact]
    public void Commands_of_one_message_are_applied_in_its_order()
    {
        var term = EstablishedLeader();
        Client.Proposes("a", "b", "c");
        N2.Accepts(term, match: 4);
        Client.ExpectsApplied(1, "2:a");
        Client.ExpectsApplied(2, "3:b");
        Client.ExpectsApplied(3, "4:c");
    }

    /// <summary>Two clients may choose the same request id.</summary>
    [Fact]
    public void Each_client_gets_the_answers_to_its_own_commands()
    {
        var term = EstablishedLeader();
        var other = NewClient("other");
        Client.Proposes("a");
        other.Proposes("b");
        Settle();
        N2.Accepts(term, match: 3);
        Client.ExpectsApplied(1, "2:a");
        other.ExpectsApplied(1, "3:b");
        Client.ExpectsNothing();
        other.ExpectsNothing();
    }

    /// <summary>§8: a node that does not lead names the leader that it heard last.</summary>
    [Fact]
    public void A_follower_refuses_and_names_the_leader()
    {
        Node();
        N2.Heartbeats(term: 1);
        Client.SearchesLeader();
        Client.ExpectsLeaderIs(isSelf: false, N2.Ref.Path.ToSerializationFormat());
        Assert.Equal(new NotLeader(Client.Proposes("a")), Client.Expects<NotLeader>());
        Assert.Equal(new NotLeader(Client.Asks()), Client.Expects<NotLeader>());
        Assert.Empty(LogTerms());
    }

    /// <summary>§8: a node that knows no leader says so.</summary>
    [Fact]
    public void A_candidate_refuses_and_knows_no_leader()
    {
        Node();
        N2.Heartbeats(term: 1);
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        Client.SearchesLeader();
        Client.ExpectsLeaderIs(isSelf: false, path: null);
        Assert.Equal(new NotLeader(Client.Proposes("a")), Client.Expects<NotLeader>());
        Assert.Equal(new NotLeader(Client.Asks()), Client.Expects<NotLeader>());
        Assert.Empty(LogTerms());
    }

    /// <summary>§8: clients send their commands to the leader, so it has to say that it leads.</summary>
    [Fact]
    public void A_leader_says_that_it_leads()
    {
        EstablishedLeader();
        Client.SearchesLeader();
        Client.ExpectsLeaderIs(isSelf: true, path: null);
    }

    /// <summary>A command that fits into no append is refused; the others of its message are not.</summary>
    [Fact]
    public void An_oversized_command_is_refused_alone()
    {
        var term = EstablishedLeader(settings: "raft.max-command-bytes = 10B");
        Client.Proposes("a", "01234567890", "0123456789");
        var refused = Client.Expects<RequestRefused>();
        Assert.Equal(2, refused.RequestId);
        Assert.Contains("11 bytes; at most 10", refused.Reason);
        N2.Accepts(term, match: 3);
        Client.ExpectsApplied(1, "2:a");
        Client.ExpectsApplied(3, "3:0123456789");
    }

    /// <summary>The number of accepted, unapplied commands has a limit.</summary>
    [Fact]
    public void Commands_over_the_limit_are_refused_as_overloaded_until_there_is_room_again()
    {
        var term = EstablishedLeader(settings: "raft.max-pending-proposals = 2");
        Client.Proposes("a", "b", "c");
        Assert.Equal(3, Client.Expects<Overloaded>().RequestId);
        N2.Accepts(term, match: 3);
        Client.ExpectsApplied(1, "2:a");
        Client.ExpectsApplied(2, "3:b");

        Settle();
        Client.Proposes("d");
        N2.Accepts(term, match: 4);
        Client.ExpectsApplied(4, "4:d");
    }

    /// <summary>The bytes of accepted, unapplied commands have a limit.</summary>
    [Fact]
    public void Commands_over_the_byte_limit_are_refused_as_overloaded_until_there_is_room_again()
    {
        var term = EstablishedLeader(settings: "raft { max-command-bytes = 10B, max-pending-bytes = 12B }");
        Client.Proposes("0123456789", "abc", "ab");
        Assert.Equal(2, Client.Expects<Overloaded>().RequestId);
        N2.Accepts(term, match: 3);
        Client.ExpectsApplied(1, "2:0123456789");
        Client.ExpectsApplied(3, "3:ab");

        Settle();
        Client.Proposes("0123456789");
        Client.ExpectsNothing();
    }

    /// <summary>A command that waits for the disk counts like one in the log.</summary>
    [Fact]
    public void The_limit_counts_commands_that_are_in_no_log_yet()
    {
        EstablishedLeader(settings: "raft.max-pending-proposals = 2");
        Disk.Hold();
        Client.Proposes("a");
        Client.Proposes("b");
        Client.Proposes("c");
        Assert.Equal(3, Client.Expects<Overloaded>().RequestId);
        Assert.Equal(new LogIndex(2), Status().LastLogIndex);
    }
}
