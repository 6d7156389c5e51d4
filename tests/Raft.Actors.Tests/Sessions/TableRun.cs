using System.Text;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Xunit;

namespace Raft.Actors.Tests.Sessions;

/// <summary>A session table to which a test applies entry by entry. The state machine answers <c>index:command</c>.</summary>
internal sealed class TableRun
{
    private readonly List<LogEntry> _log = [];
    private readonly List<string> _applied = [];
    private readonly SessionTable _table;
    private TimeSpan _time;

    public TableRun() => _table = new SessionTable((index, command) =>
    {
        _applied.Add($"{index}:{Encoding.UTF8.GetString(command.Span)}");
        return Encoding.UTF8.GetBytes(_applied[^1]);
    });

    /// <summary>The commands that the state machine has applied.</summary>
    public IReadOnlyList<string> Applied => _applied;

    public IReadOnlyList<LogEntry> Log => _log;

    public int Sessions => _table.Sessions;

    public int Keys => _table.Keys;

    /// <summary>Log time passes.</summary>
    public void Pass(double seconds) => _time += TimeSpan.FromSeconds(seconds);

    /// <summary>The next entry opens a session with these limits.</summary>
    public SessionId Open(double timeoutSeconds = 10, int maxSessions = 100, int maxReplies = 100, double retentionSeconds = 0)
    {
        var limits = new SessionLimits(TimeSpan.FromSeconds(timeoutSeconds), maxSessions, maxReplies)
        {
            Retention = TimeSpan.FromSeconds(retentionSeconds),
        };
        return Assert.IsType<SessionOpened>(Take(EntryKind.OpenSession, limits.Encode(), origin: null)).Session;
    }

    /// <summary>The next entry is a command of a session.</summary>
    public ClientReply? Send(SessionId session, long sequence, string command = "x", long acknowledged = 0) =>
        Take(EntryKind.Command, Encoding.UTF8.GetBytes(command), new SessionCommand(session, sequence, acknowledged));

    /// <summary>The next entry is a command with a key.</summary>
    public ClientReply? SendKeyed(string key, string command = "x") =>
        Take(EntryKind.Command, Encoding.UTF8.GetBytes(command), new KeyedCommand(new IdempotencyKey(key)));

    /// <summary>The next entry is a command without an origin.</summary>
    public ClientReply? Send(string command) => Take(EntryKind.Command, Encoding.UTF8.GetBytes(command), origin: null);

    public ClientReply? NoOp() => Take(EntryKind.NoOp, default, origin: null);

    public ClientReply? Take(EntryKind kind, ReadOnlyMemory<byte> command, CommandOrigin? origin)
    {
        _log.Add(new LogEntry(new LogIndex(_log.Count + 1), new Term(1), kind, command) { Time = _time, Origin = origin });
        return _table.Apply(_log[^1]);
    }

    /// <summary>The reply that the command was applied at this index, with its result.</summary>
    public static void IsApplied(ClientReply? reply, long index, string command = "x")
    {
        var applied = Assert.IsType<CommandApplied>(reply);
        Assert.Equal(
            (index, 1, $"{index}:{command}"),
            (applied.Index.Value, applied.Term.Value, Encoding.UTF8.GetString(applied.Result.Span)));
    }
}
