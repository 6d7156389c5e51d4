using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A node's part in sessions (dissertation §6.3).</summary>
public sealed class SessionTests : RaftScenario
{
    private static readonly SessionId Session = new(2);
    private static readonly SessionCommand First = new(Session, Sequence: 1, Acknowledged: 0);

    [Fact]
    public void A_command_that_comes_again_gets_its_first_answer_and_is_not_applied()
    {
        LeaderWithSession();
        var first = Client.ExpectsApplied(Client.Proposes("a", First), "3:a");
        var second = Client.ExpectsApplied(Client.Proposes("a", First), "3:a");
        Assert.Equal((first.Index, first.Term), (second.Index, second.Term));
        Assert.Equal(["3:a"], Applied);
    }

    /// <summary>The table is part of the state, so replaying the log restores it.</summary>
    [Fact]
    public void A_node_that_starts_again_still_knows_what_was_applied()
    {
        LeaderWithSession();
        Client.ExpectsApplied(Client.Proposes("a", First), "3:a");
        CrashAndRestart();
        WinElection(members: 1);
        var again = Client.ExpectsApplied(Client.Proposes("a", First), "3:a");
        Assert.Equal((3, 1), (again.Index.Value, again.Term.Value));
        Assert.Equal(["3:a"], Applied);
    }

    [Fact]
    public void A_session_expires_by_the_time_that_a_leader_led()
    {
        LeaderWithSession("raft.session-timeout = 2s");
        Advance(TimeSpan.FromSeconds(1.9));
        Client.ExpectsApplied(Client.Proposes("a", First), "3:a");
        Advance(TimeSpan.FromSeconds(2));
        Client.Proposes("a", First);
        Client.Expects<SessionExpired>();
        Assert.Equal(["3:a"], Applied);
    }

    /// <summary>There was no leader meanwhile, so no session expired.</summary>
    [Fact]
    public void Time_without_a_leader_does_not_count()
    {
        LeaderWithSession("raft.session-timeout = 2s");
        Crash();
        Advance(TimeSpan.FromSeconds(60));
        WinElection(members: 1);
        Client.ExpectsApplied(Client.Proposes("a", First), "4:a");
    }

    /// <summary>§8: entries get the leader's log time, which continues from the last entry.</summary>
    [Fact]
    public void A_new_leader_goes_on_from_the_time_of_its_last_entry()
    {
        EstablishedLeader([Entry(1, 1) with { Time = TimeSpan.FromMinutes(9) }], members: 1);
        Advance(TimeSpan.FromMilliseconds(250));
        Client.Proposes("a");
        Assert.Equal([540_000d, 540_000, 540_250], Log.Select(e => e.Time.TotalMilliseconds));
    }

    /// <summary>
    /// All nodes must drop the same sessions, whatever their settings: the entry contains the limits of its leader.
    /// </summary>
    [Fact]
    public void A_node_keeps_to_the_limits_in_the_log_and_not_to_its_own()
    {
        var limits = new SessionLimits(TimeSpan.FromSeconds(2), MaxSessions: 10, MaxReplies: 10);
        var opening = new LogEntry(new LogIndex(1), new Term(1), EntryKind.OpenSession, limits.Encode());
        EstablishedLeader([opening], members: 1, settings: "raft.session-timeout = 1h");
        var command = First with { Session = new SessionId(1) };
        Client.ExpectsApplied(Client.Proposes("a", command), "3:a");
        Advance(TimeSpan.FromSeconds(2));
        Client.Proposes("a", command);
        Client.Expects<SessionExpired>();
    }

    [Fact]
    public void The_leaders_limits_hold_for_keys_although_no_client_opened_a_session()
    {
        EstablishedLeader(members: 1, settings: "raft.max-sessions = 1");
        Client.Proposes("a", new KeyedCommand(new IdempotencyKey("a")));
        Client.Expects<CommandApplied>();
        Client.Proposes("b", new KeyedCommand(new IdempotencyKey("b")));
        Client.Expects<Overloaded>();
        Assert.Equal(
            [EntryKind.NoOp, EntryKind.OpenSession, EntryKind.Command, EntryKind.Command], Log.TakeLast(4).Select(e => e.Kind));
    }

    [Fact]
    public void Where_a_client_opened_a_session_the_leader_opens_none_for_keys()
    {
        LeaderWithSession();
        Client.Proposes("a", new KeyedCommand(new IdempotencyKey("a")));
        Client.Expects<CommandApplied>();
        Assert.Single(Log, e => e.Kind == EntryKind.OpenSession);
    }

    [Fact]
    public void An_invalid_origin_is_refused_without_harm_to_others()
    {
        LeaderWithSession();
        Client.Proposes("a", new SessionCommand(Session, Sequence: 1, Acknowledged: 1));
        Assert.Contains("is invalid", Client.Expects<RequestRefused>().Reason, StringComparison.Ordinal);
        Client.Proposes("a", new KeyedCommand(new IdempotencyKey("")));
        Client.Expects<RequestRefused>();
        Client.ExpectsApplied(Client.Proposes("b"), "3:b");
    }

    [Fact]
    public void A_key_is_one_command_whoever_sends_it()
    {
        EstablishedLeader(members: 1);
        var other = NewClient("other");
        var key = new KeyedCommand(new IdempotencyKey("order 17"));
        Client.ExpectsApplied(Client.Proposes("a", key), "3:a");
        other.ExpectsApplied(other.Proposes("a", key), "3:a");
        other.Proposes("b", key);
        Assert.Contains("another command", other.Expects<RequestRefused>().Reason, StringComparison.Ordinal);
        Assert.Equal(["3:a"], Applied);
    }

    private void LeaderWithSession(string settings = "")
    {
        EstablishedLeader(members: 1, settings: settings);
        Client.WantsSession();
        Assert.Equal(Session, Client.Expects<SessionOpened>().Session);
    }
}
