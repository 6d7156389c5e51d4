using System.Buffers;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.StateMachines;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Sessions;

/// <summary>Sessions and idempotency keys survive a snapshot (dissertation §6.3).</summary>
public sealed class SessionSnapshotTests
{
    private readonly TextMachine _machine = new();
    private readonly SessionTable _table;

    public SessionSnapshotTests()
    {
        _table = new SessionTable(_machine.Apply);
        _table.Apply(Opens(1, seconds: 1));
        _table.Apply(Command(2, seconds: 2, "a", new SessionCommand(new SessionId(1), Sequence: 1, Acknowledged: 0)));
        _table.Apply(Command(3, seconds: 3, "b", new SessionCommand(new SessionId(1), Sequence: 2, Acknowledged: 0)));
        _table.Apply(Command(4, seconds: 4, "c", new KeyedCommand(new IdempotencyKey("order"))));
    }

    [Fact]
    public void A_command_that_comes_again_is_answered_as_at_first()
    {
        var (restored, machine) = Restored();

        var again = restored.Apply(
            Command(5, seconds: 5, "b", new SessionCommand(new SessionId(1), Sequence: 2, Acknowledged: 0)));
        var key = restored.Apply(Command(6, seconds: 5, "c", new KeyedCommand(new IdempotencyKey("order"))));

        Assert.Equal((3, "3:b"), At(again));
        Assert.Equal((4, "4:c"), At(key));
        Assert.Equal(["2:a", "3:b", "4:c"], machine.Applied);
    }

    [Fact]
    public void A_key_still_belongs_to_its_command()
    {
        var (restored, _) = Restored();

        Assert.IsType<RequestRefused>(
            restored.Apply(Command(5, seconds: 5, "other", new KeyedCommand(new IdempotencyKey("order")))));
    }

    [Fact]
    public void What_was_acknowledged_stays_forgotten()
    {
        _table.Apply(Command(5, seconds: 5, "d", new SessionCommand(new SessionId(1), Sequence: 3, Acknowledged: 2)));
        var (restored, _) = Restored();

        Assert.IsType<RequestRefused>(
            restored.Apply(Command(6, seconds: 6, "b", new SessionCommand(new SessionId(1), Sequence: 2, Acknowledged: 0))));
    }

    /// <summary>The session's timeout is ten seconds, and it was last used at second 3.</summary>
    [Theory]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void A_session_expires_when_it_would_have(double seconds, bool isOpen)
    {
        var (restored, _) = Restored();
        var next = Command(5, seconds, "d", new SessionCommand(new SessionId(1), Sequence: 3, Acknowledged: 0));

        Assert.Equal(isOpen, _table.Apply(next) is CommandApplied);
        Assert.Equal(isOpen, restored.Apply(next) is CommandApplied);
    }

    [Fact]
    public void The_session_that_was_used_least_recently_goes_first()
    {
        _table.Apply(Opens(5, seconds: 5));
        _table.Apply(Command(6, seconds: 5, "d", new SessionCommand(new SessionId(1), Sequence: 3, Acknowledged: 0)));
        var (restored, _) = Restored();

        restored.Apply(Opens(7, seconds: 5));

        Assert.IsType<SessionExpired>(restored.Apply(Command(8, 5, "e", new SessionCommand(new SessionId(5), 1, 0))));
        Assert.IsType<CommandApplied>(restored.Apply(Command(9, 5, "f", new SessionCommand(new SessionId(1), 4, 0))));
    }

    [Fact]
    public void The_same_state_is_written_in_the_same_bytes()
    {
        var (restored, machine) = Restored();

        Assert.Equal(
            SnapshotFormat.Write(_table.State(), _machine).ToArray(), SnapshotFormat.Write(restored.State(), machine).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("FFFFFFFF")]
    [InlineData("05000000AA")]
    [InlineData("01000000FF")]
    [InlineData("0000000000")]
    public void Bytes_that_are_no_snapshot_are_refused(string hex)
    {
        var bytes = new ReadOnlySequence<byte>(Convert.FromHexString(hex));

        Assert.Throws<FormatException>(() => SnapshotFormat.ReadSessions(ref bytes));
    }

    private (SessionTable Table, TextMachine Machine) Restored()
    {
        var bytes = new ReadOnlySequence<byte>(SnapshotFormat.Write(_table.State(), _machine));
        var machine = new TextMachine();
        var table = new SessionTable(machine.Apply);
        table.Apply(Opens(1, seconds: 1));
        table.Restore(SnapshotFormat.ReadSessions(ref bytes));
        machine.Restore(bytes);
        return (table, machine);
    }

    private static (long Index, string Result) At(ClientReply? reply)
    {
        var applied = Assert.IsType<CommandApplied>(reply);
        return (applied.Index.Value, TextMachine.Text(applied.Result));
    }

    private static LogEntry Opens(long index, double seconds) => Entry(
        index,
        seconds,
        EntryKind.OpenSession,
        new SessionLimits(TimeSpan.FromSeconds(10), MaxSessions: 2, MaxReplies: 100).Encode());

    private static LogEntry Command(long index, double seconds, string command, CommandOrigin origin) =>
        Entry(index, seconds, EntryKind.Command, TextMachine.Bytes(command)) with { Origin = origin };

    private static LogEntry Entry(long index, double seconds, EntryKind kind, ReadOnlyMemory<byte> command) =>
        new(new LogIndex(index), new Term(1), kind, command) { Time = TimeSpan.FromSeconds(seconds) };
}
