using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Simulation.Checks.Sessions;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Sessions;

/// <summary>
/// The log begins with an entry that opens session 1. A session lasts 10 s; at most two sessions are open, with two replies.
/// </summary>
public sealed class SessionsFollowTheLogTests
{
    private readonly CheckedRun _run = new(new SessionsFollowTheLog());
    private readonly List<LogEntry> _log = [];

    public SessionsFollowTheLogTests() => Open(seconds: 0);

    [Fact]
    public void Commands_of_a_session_that_is_used_are_applied_once()
    {
        Command(1, sequence: 1, seconds: 9);
        Command(1, sequence: 1, seconds: 10);
        Command(1, sequence: 2, seconds: 18);
        Commit();
        Apply(2, 4);

        Assert.True(_run.Examined >= 4);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void A_session_expires_when_it_was_not_used_for_the_timeout(double seconds, bool isExpired)
    {
        Command(1, sequence: 1, seconds);
        Commit();

        if (isExpired) Refuses(index: 2, "session 1 is not open");
        else Demands(index: 2, "1 of session 1");
    }

    [Fact]
    public void The_session_that_was_used_least_recently_makes_room()
    {
        Open(seconds: 1);
        Command(1, sequence: 1, seconds: 1);
        Open(seconds: 1);
        Command(2, sequence: 1, seconds: 1);
        Command(1, sequence: 2, seconds: 1);
        Commit();
        Apply(3);

        Refuses(index: 5, "session 2 is not open");
        Demands(index: 6, "2 of session 1");
    }

    [Fact]
    public void A_command_that_came_before_is_not_applied()
    {
        Command(1, sequence: 1, seconds: 1);
        Command(1, sequence: 1, seconds: 1);
        Commit();
        Apply(2);

        Refuses(index: 3, "command 1 of the session came before");
    }

    [Fact]
    public void A_command_that_has_ended_is_not_applied()
    {
        Command(1, sequence: 2, seconds: 1, acknowledged: 1);
        Command(1, sequence: 1, seconds: 1);
        Commit();
        Apply(2);

        Refuses(index: 3, "command 1 of the session has ended");
    }

    [Fact]
    public void A_session_keeps_so_many_replies_and_not_more()
    {
        for (var sequence = 1; sequence <= 3; sequence++) Command(1, sequence, seconds: 1);
        Commit();
        Apply(2, 3);

        Refuses(index: 4, "the session has 2 replies already");
    }

    [Fact]
    public void A_key_is_applied_again_when_it_is_forgotten_and_not_before()
    {
        Add(new KeyedCommand(new IdempotencyKey("k")), seconds: 1);
        Add(new KeyedCommand(new IdempotencyKey("k")), seconds: 10.9);
        Add(new KeyedCommand(new IdempotencyKey("k")), seconds: 11);
        Commit();
        Apply(2);

        Refuses(index: 3, "key 'k' came before");
        Demands(index: 4, "k");
    }

    [Fact]
    public void A_young_key_makes_no_room_and_an_old_one_does()
    {
        Open(seconds: 0, retention: 5);
        Add(new KeyedCommand(new IdempotencyKey("a")), seconds: 1);
        Add(new KeyedCommand(new IdempotencyKey("b")), seconds: 3);
        Add(new KeyedCommand(new IdempotencyKey("c")), seconds: 5.9);
        Add(new KeyedCommand(new IdempotencyKey("c")), seconds: 6);
        Commit();
        Apply(3, 4);

        Refuses(index: 5, "2 keys are there, and the oldest is 00:00:04.9000000 old");
        Demands(index: 6, "c");
    }

    [Fact]
    public void Commands_without_a_name_are_always_applied()
    {
        Add(origin: null, seconds: 1);
        Add(origin: null, seconds: 1);
        Commit();
        Apply(2);

        Demands(index: 3, "without a name");
    }

    private void Open(double seconds, double retention = 0) => _log.Add(
        new LogEntry(
            new LogIndex(_log.Count + 1),
            new Term(1),
            EntryKind.OpenSession,
            new SessionLimits(TimeSpan.FromSeconds(10), MaxSessions: 2, MaxReplies: 2)
            {
                Retention = TimeSpan.FromSeconds(retention),
            }.Encode())
        { Time = TimeSpan.FromSeconds(seconds) });

    private void Command(long session, long sequence, double seconds, long acknowledged = 0) =>
        Add(new SessionCommand(new SessionId(session), sequence, acknowledged), seconds);

    private void Add(CommandOrigin? origin, double seconds) => _log.Add(
        CheckedRun.Entry(_log.Count + 1, term: 1) with { Origin = origin, Time = TimeSpan.FromSeconds(seconds) });

    private void Commit()
    {
        _run.Hold(1, [.. _log]);
        _run.Commit(1, _log.Count);
    }

    private void Apply(params long[] indexes)
    {
        foreach (var index in indexes) _run.Apply(1, index);
        Applied(indexes[^1]);
    }

    private void Applied(long index) => _run.Change(1, s => s with { LastApplied = new LogIndex(index) });

    private void Refuses(long index, string why) => _run.Contradicts(
        $"by the log, the command at index {index} is not to be applied: {why}",
        "n1 applied it",
        () => _run.Apply(1, index));

    private void Demands(long index, string name) => _run.Contradicts(
        $"by the log, command {name} is to be applied at index {index}",
        $"n1 has applied everything up to index {index}, but not it",
        () => Applied(index));
}
