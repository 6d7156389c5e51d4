using System.Text;
using CsCheck;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Xunit;

namespace Raft.Actors.Tests.Sessions;

/// <summary>A command that is sent again is applied once and gets its first answer (dissertation §6.3).</summary>
public sealed class SessionTableTests
{
    private readonly TableRun _run = new();

    [Fact]
    public void A_session_is_named_by_the_index_of_the_entry_that_opened_it()
    {
        Assert.Null(_run.NoOp());
        Assert.Equal(new SessionId(2), _run.Open());
        Assert.Equal(new SessionId(3), _run.Open());
    }

    [Fact]
    public void A_command_without_an_origin_is_applied_each_time()
    {
        TableRun.IsApplied(_run.Send("x"), index: 1);
        TableRun.IsApplied(_run.Send("x"), index: 2);
    }

    [Fact]
    public void A_command_that_comes_again_gets_its_first_index_term_and_result_and_is_not_applied()
    {
        var session = _run.Open();
        TableRun.IsApplied(_run.Send(session, 1, "a"), index: 2, "a");
        TableRun.IsApplied(_run.Send(session, 2, "b"), index: 3, "b");
        TableRun.IsApplied(_run.Send(session, 1, "a"), index: 2, "a");
        TableRun.IsApplied(_run.Send(session, 2, "b"), index: 3, "b");
        Assert.Equal(["2:a", "3:b"], _run.Applied);
    }

    [Fact]
    public void The_same_sequence_in_another_session_is_another_command()
    {
        var (first, second) = (_run.Open(), _run.Open());
        TableRun.IsApplied(_run.Send(first, 1), index: 3);
        TableRun.IsApplied(_run.Send(second, 1), index: 4);
    }

    /// <summary>A lost message is sent again after later ones.</summary>
    [Fact]
    public void Commands_of_a_session_may_come_in_any_order()
    {
        var session = _run.Open();
        TableRun.IsApplied(_run.Send(session, 3), index: 2);
        TableRun.IsApplied(_run.Send(session, 1), index: 3);
        TableRun.IsApplied(_run.Send(session, 2, acknowledged: 1), index: 4);
        TableRun.IsApplied(_run.Send(session, 3), index: 2);
    }

    /// <summary>
    /// Exactly the acknowledged replies are dropped: one more would refuse a retry, one less would leak memory.
    /// </summary>
    [Fact]
    public void Acknowledged_replies_are_dropped_and_a_late_duplicate_is_refused_and_not_applied()
    {
        var session = _run.Open();
        for (var sequence = 1; sequence <= 3; sequence++) _run.Send(session, sequence);
        _run.Send(session, 4, acknowledged: 2);

        var refused = Assert.IsType<RequestRefused>(_run.Send(session, 1));
        Assert.Contains("is no longer stored", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<RequestRefused>(_run.Send(session, 2));
        TableRun.IsApplied(_run.Send(session, 3), index: 4);
        Assert.Equal(4, _run.Applied.Count);
    }

    [Fact]
    public void A_command_that_its_client_gave_up_and_never_arrived_is_not_applied_when_it_comes_late()
    {
        var session = _run.Open();
        _run.Send(session, 5, acknowledged: 4);
        Assert.IsType<RequestRefused>(_run.Send(session, 4, "late"));
        Assert.DoesNotContain(_run.Applied, command => command.EndsWith("late", StringComparison.Ordinal));
    }

    [Fact]
    public void An_older_acknowledgement_that_comes_late_brings_nothing_back()
    {
        var session = _run.Open();
        _run.Send(session, 1);
        _run.Send(session, 3, acknowledged: 2);
        TableRun.IsApplied(_run.Send(session, 4, acknowledged: 0), index: 4);
        Assert.IsType<RequestRefused>(_run.Send(session, 2));
    }

    /// <summary>An acknowledgement far ahead does not loop over all numbers in between.</summary>
    [Fact]
    public void An_acknowledgement_far_ahead_is_as_good_as_any()
    {
        var session = _run.Open();
        _run.Send(session, 1);
        TableRun.IsApplied(_run.Send(session, long.MaxValue, acknowledged: long.MaxValue - 1), index: 3);
        Assert.IsType<RequestRefused>(_run.Send(session, 1));
    }

    /// <summary>Everything has a limit.</summary>
    [Fact]
    public void Over_the_limit_of_replies_a_command_waits_until_some_are_acknowledged()
    {
        var session = _run.Open(maxReplies: 2);
        _run.Send(session, 1);
        _run.Send(session, 2);
        Assert.IsType<Overloaded>(_run.Send(session, 3));
        TableRun.IsApplied(_run.Send(session, 2), index: 3);
        TableRun.IsApplied(_run.Send(session, 3, acknowledged: 1), index: 6);
        Assert.Equal(3, _run.Applied.Count);
    }

    [Fact]
    public void An_unknown_session_counts_as_expired()
    {
        _run.Open();
        Assert.IsType<SessionExpired>(_run.Send(new SessionId(7), 1));
        Assert.Empty(_run.Applied);
    }

    [Fact]
    public void Invalid_limits_change_nothing()
    {
        _run.Open(maxSessions: 1);
        Assert.IsType<SessionOpened>(_run.Take(EntryKind.OpenSession, new byte[] { 1, 2, 3 }, origin: null));
        Assert.Equal(1, _run.Sessions);
    }

    [Fact]
    public void Limits_are_read_as_they_were_written()
    {
        var limits = new SessionLimits(TimeSpan.FromMilliseconds(1234), 5, 6);
        Assert.Equal(limits, SessionLimits.Decode(limits.Encode()));
        Assert.Equal("d2040000000000000500000006000000", Convert.ToHexStringLower(limits.Encode().Span));
        Assert.Null(SessionLimits.Decode(default));
        Assert.Null(SessionLimits.Decode(new SessionLimits(TimeSpan.FromHours(1), 0, 1).Encode()));
        Assert.Null(SessionLimits.Decode(new SessionLimits(TimeSpan.Zero, 1, 1).Encode()));
    }

    [Fact]
    public void A_retention_is_read_as_it_was_written_and_is_none_in_what_earlier_versions_wrote()
    {
        var limits = new SessionLimits(TimeSpan.FromMilliseconds(1234), 5, 6) { Retention = TimeSpan.FromMilliseconds(789) };
        Assert.Equal(limits, SessionLimits.Decode(limits.Encode()));
        Assert.Equal("d20400000000000005000000060000001503000000000000", Convert.ToHexStringLower(limits.Encode().Span));
        Assert.Equal(TimeSpan.Zero, SessionLimits.Decode(limits.Encode()[..16])!.Retention);
        Assert.Null(SessionLimits.Decode(Convert.FromHexString("d2040000000000000500000006000000ffffffffffffffff")));
    }

    /// <summary>Its client may still send the command again (hazard 36).</summary>
    [Fact]
    public void A_young_key_makes_no_room_for_others_and_their_commands_wait()
    {
        _run.Open(maxSessions: 2, retentionSeconds: 5);
        _run.SendKeyed("a");
        _run.Pass(2);
        _run.SendKeyed("b");
        Assert.IsType<Overloaded>(_run.SendKeyed("c"));
        TableRun.IsApplied(_run.SendKeyed("a"), index: 2);

        _run.Pass(3);

        TableRun.IsApplied(_run.SendKeyed("c"), index: 6);
        TableRun.IsApplied(_run.SendKeyed("b"), index: 3);
        Assert.Equal(["2:x", "3:x", "6:x"], _run.Applied);
    }

    [Fact]
    public void Limits_that_fall_make_no_young_key_go()
    {
        _run.Open(maxSessions: 3, retentionSeconds: 5);
        foreach (var key in new[] { "a", "b", "c" }) _run.SendKeyed(key);
        _run.Open(maxSessions: 1, retentionSeconds: 5);
        Assert.Equal(3, _run.Keys);
        TableRun.IsApplied(_run.SendKeyed("a"), index: 2);

        _run.Pass(5);
        _run.SendKeyed("d");

        Assert.Equal(1, _run.Keys);
    }

    [Fact]
    public void A_key_outlives_a_session_where_its_retention_is_longer()
    {
        _run.Open(timeoutSeconds: 2, retentionSeconds: 5);
        _run.SendKeyed("a");
        _run.Pass(4);
        TableRun.IsApplied(_run.SendKeyed("a"), index: 2);
        _run.Pass(1);
        TableRun.IsApplied(_run.SendKeyed("a"), index: 4);
    }

    /// <summary>Two nodes, or one before and after a restart: the table is a function of the log.</summary>
    [Fact]
    public void The_same_log_gives_the_same_replies_on_every_node() =>
        Gen.Int.Array[1, 60].Sample(draws =>
        {
            var run = new TableRun();
            var replies = draws.Select(draw => Step(run, new Random(draw))?.ToString() ?? "none").ToArray();
            var other = new SessionTable(TextOf);
            Assert.Equal(replies.Length, run.Log.Count);
            Assert.Equal(
                replies, run.Log.Select(entry => other.Apply(entry)?.ToString() ?? "none"));
            Assert.Equal((run.Sessions, run.Keys), (other.Sessions, other.Keys));
        });

    private static ClientReply? Step(TableRun run, Random random)
    {
        run.Pass(random.NextDouble());
        var session = new SessionId(random.Next(run.Log.Count + 1) + 1);
        return random.Next(5) switch
        {
            0 => run.Take(EntryKind.OpenSession, new SessionLimits(TimeSpan.FromSeconds(3), 2, 2).Encode(), null),
            1 => run.SendKeyed($"k{random.Next(4)}", $"c{random.Next(2)}"),
            2 => run.NoOp(),
            _ => run.Send(session, random.Next(4) + 1),
        };
    }

    private static ReadOnlyMemory<byte> TextOf(LogIndex index, ReadOnlyMemory<byte> command) =>
        Encoding.UTF8.GetBytes($"{index}:{Encoding.UTF8.GetString(command.Span)}");

}
