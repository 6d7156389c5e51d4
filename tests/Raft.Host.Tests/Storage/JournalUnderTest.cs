using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;
using Raft.Host.Storage;
using Raft.Host.Tests.Processes;
using Raft.Programs.Hosting;

namespace Raft.Host.Tests.Storage;

/// <summary>A journal plugin on a file of its own, which tests talk to as persistent actors do.</summary>
internal sealed class JournalUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly JournalFile _file;
    private ActorSystem? _system;

    public JournalUnderTest()
    {
        _file = new JournalFile(_folder.File("journal.db"));
        _file.Open().Dispose();
    }

    /// <summary>Starts a system with this plugin in place of the one before.</summary>
    /// <param name="plugin">The class of the plugin.</param>
    public async Task StartAsync(string plugin)
    {
        await StopAsync();
        var connection = _file.ConnectionString.Replace("\\", "\\\\", StringComparison.Ordinal);
        var config = ConfigurationFactory.ParseString($$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.persistence.journal.sql.class = "Raft.Host.Storage.{{plugin}}, raft"
            akka.persistence.journal.sql.connection-string = "{{connection}}"
            """);
        _system = ActorSystem.Create(
            "journal-under-test",
            config.WithFallback(Hocon.Load(["persistence-sqlite.conf"])).WithFallback(SqlPersistence.DefaultConfiguration));
    }

    /// <summary>Persists events in one atomic write.</summary>
    /// <exception cref="RejectedException">The journal rejected an event.</exception>
    public async Task WriteAsync(string persistenceId, long from, params object[] payloads)
    {
        using var inbox = Inbox.Create(_system!);
        var events = payloads
            .Select((p, i) => (IPersistentRepresentation)new Persistent(p, from + i, persistenceId, sender: inbox.Receiver))
            .ToList();
        var write = new AtomicWrite([.. events]);
        Journal.Tell(new WriteMessages([write], inbox.Receiver, actorInstanceId: 1), inbox.Receiver);
        for (var answered = 0; answered < payloads.Length;)
        {
            switch (await inbox.ReceiveAsync(Patience))
            {
                case WriteMessageSuccess: answered++; break;
                case WriteMessageRejected rejected: throw new RejectedException(rejected.Cause);
                case WriteMessagesFailed failed: throw failed.Cause;
                case WriteMessagesSuccessful: break;
                case var other: throw new InvalidOperationException($"The journal answered {other}.");
            }
        }
    }

    public async Task DeleteAsync(string persistenceId, long to)
    {
        using var inbox = Inbox.Create(_system!);
        Journal.Tell(new DeleteMessagesTo(persistenceId, to, inbox.Receiver));
        if (await inbox.ReceiveAsync(Patience) is not DeleteMessagesSuccess)
            throw new InvalidOperationException("The journal deleted nothing.");
    }

    public async Task<(IReadOnlyList<IPersistentRepresentation> Events, long Highest)> ReplayAsync(string persistenceId)
    {
        using var inbox = Inbox.Create(_system!);
        Journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, persistenceId, inbox.Receiver), inbox.Receiver);
        var events = new List<IPersistentRepresentation>();
        while (true)
        {
            switch (await inbox.ReceiveAsync(Patience))
            {
                case ReplayedMessage replayed: events.Add(replayed.Persistent); break;
                case RecoverySuccess done: return (events, done.HighestSequenceNr);
                case var other: throw new InvalidOperationException($"The journal answered {other}.");
            }
        }
    }

    /// <summary>The rows of a persistent actor, without what differs each time: time and writer.</summary>
    public IReadOnlyList<string> Rows(string persistenceId)
    {
        using var connection = _file.OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT sequence_number || ' ' || deleted || ' ' || hex(message) || ' ' || tags || ' ' || manifest || ' ' || identifier
              || ' ' || (created > 0) || ' ' || length(writer_uuid)
            FROM journal WHERE persistence_id = $id ORDER BY ordering
            """;
        command.Parameters.AddWithValue("$id", persistenceId);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private IActorRef Journal => Persistence.Instance.Apply(_system!).JournalFor(null);

    private async Task StopAsync()
    {
        if (_system is not null) await _system.Terminate();
    }

    public sealed class RejectedException(Exception cause) : Exception(cause.Message, cause);
}
