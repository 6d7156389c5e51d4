using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Sessions;

/// <summary>What is dropped, and when: only by the log's time and order (dissertation §6.3).</summary>
public sealed class ExpiryTests
{
    private readonly TableRun _run = new();

    [Fact]
    public void A_session_that_is_not_used_for_the_timeout_expires_and_a_command_of_it_is_not_applied()
    {
        var session = _run.Open(timeoutSeconds: 10);
        _run.Send(session, 1);
        _run.Pass(9.999);
        TableRun.IsApplied(_run.Send(session, 2), index: 3);
        _run.Pass(10);
        Assert.IsType<SessionExpired>(_run.Send(session, 1));
        Assert.IsType<SessionExpired>(_run.Send(session, 3));
        Assert.Equal((2, 0), (_run.Applied.Count, _run.Sessions));
    }

    [Fact]
    public void However_many_entries_come_a_session_stays_until_its_time_is_over()
    {
        var session = _run.Open(timeoutSeconds: 10);
        for (var i = 0; i < 1000; i++) _run.Send("other");
        TableRun.IsApplied(_run.Send(session, 1), index: 1002);
    }

    [Fact]
    public void A_duplicate_keeps_a_session_as_a_new_command_does()
    {
        var session = _run.Open(timeoutSeconds: 10);
        for (var i = 0; i < 5; i++)
        {
            TableRun.IsApplied(_run.Send(session, 1), index: 2);
            _run.Pass(6);
        }
    }

    /// <summary>An entry of an older version has no time: log time stays the same and does not go back.</summary>
    [Fact]
    public void Time_that_goes_back_brings_no_session_back_and_keeps_none_longer()
    {
        var session = _run.Open(timeoutSeconds: 10);
        _run.Pass(9);
        _run.NoOp();
        _run.Pass(-9);
        _run.Send(session, 1);
        _run.Pass(19);
        Assert.IsType<SessionExpired>(_run.Send(session, 2));
    }

    /// <summary>Everything has a limit.</summary>
    [Fact]
    public void Over_the_limit_the_session_that_was_used_least_recently_goes()
    {
        var (first, second) = (_run.Open(maxSessions: 2), _run.Open(maxSessions: 2));
        _run.Send(first, 1);
        var third = _run.Open(maxSessions: 2);

        Assert.IsType<SessionExpired>(_run.Send(second, 1));
        TableRun.IsApplied(_run.Send(first, 1), index: 3);
        TableRun.IsApplied(_run.Send(third, 1), index: 7);
    }

    [Fact]
    public void A_leader_with_smaller_limits_makes_all_nodes_forget_more()
    {
        for (var i = 0; i < 5; i++) _run.Open(maxSessions: 5);
        Assert.Equal(5, _run.Sessions);
        _run.Open(maxSessions: 2);
        Assert.Equal(2, _run.Sessions);
    }

    [Fact]
    public void A_keyed_command_is_applied_once_whoever_sends_it()
    {
        TableRun.IsApplied(_run.SendKeyed("k", "a"), index: 1, "a");
        TableRun.IsApplied(_run.SendKeyed("k", "a"), index: 1, "a");
        TableRun.IsApplied(_run.SendKeyed("other", "a"), index: 3, "a");
        Assert.Equal(["1:a", "3:a"], _run.Applied);
    }

    [Fact]
    public void A_key_that_was_used_for_another_command_is_refused()
    {
        _run.SendKeyed("k", "a");
        var refused = Assert.IsType<RequestRefused>(_run.SendKeyed("k", "b"));
        Assert.Equal("The idempotency key 'k' was used for another command; use a new one.", refused.Reason);
        Assert.Equal(["1:a"], _run.Applied);
    }

    [Fact]
    public void A_key_is_kept_for_the_timeout_from_its_first_use()
    {
        _run.Open(timeoutSeconds: 10);
        _run.SendKeyed("k");
        _run.Pass(6);
        TableRun.IsApplied(_run.SendKeyed("k"), index: 2);
        _run.Pass(6);
        TableRun.IsApplied(_run.SendKeyed("k"), index: 4);
    }

    [Fact]
    public void Over_the_limit_the_oldest_key_goes()
    {
        _run.Open(maxSessions: 2);
        foreach (var key in new[] { "a", "b", "c" }) _run.SendKeyed(key);
        Assert.Equal(2, _run.Keys);
        TableRun.IsApplied(_run.SendKeyed("b"), index: 3);
        TableRun.IsApplied(_run.SendKeyed("a"), index: 6);
    }
}
